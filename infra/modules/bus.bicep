// The queues. Sessions keep the messages of one incident, and the news of one run, in order.
param location string
param tags object
param token string
@allowed(['Standard', 'Premium'])
param tier string
param units int
param privateNetwork bool
param workspaceId string

var queues = ['work', 'rms', 'case-management']

// Azure changes no namespace from one tier to the other: the other tier is another one, beside which the first stays until it is empty and deleted.
resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: tier == 'Premium' ? 'interop-premium-bus-${token}' : 'interop-bus-${token}'
  location: location
  tags: tags
  sku: tier == 'Premium' ? { name: tier, tier: tier, capacity: units } : { name: tier, tier: tier }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
  }

  // The platform itself puts a message aside after five deliveries, with its reason, and holds what it told of. While the store fails it can do neither: at some seconds for each delivery, a thousand outlast an hour of that.
  // No duplicate detection: it knows a message by its id alone, and two organisations may use one. Intake knows duplicates by organisation, system and id, and for as long as the message is kept.
  resource queue 'queues' = [for name in queues: {
    name: name
    properties: {
      requiresSession: true
      requiresDuplicateDetection: false
      maxDeliveryCount: 1000
      lockDuration: 'PT1M'
      deadLetteringOnMessageExpiration: true
      defaultMessageTimeToLive: 'P14D'
      maxSizeInMegabytes: 5120
    }
  }]
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: bus
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'allLogs', enabled: true }], metrics: [{ category: 'AllMetrics', enabled: true }] }
}

output id string = bus.id
output name string = bus.name
output host string = replace(replace(bus.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
