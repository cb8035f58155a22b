// Where orchestrations are kept: the Durable Task Scheduler. It has no keys at all; who reaches it has a role.
param location string
param tags object
param token string
@allowed(['Consumption', 'Dedicated'])
param tier string
param units int
param hubName string
param privateNetwork bool
param workspaceId string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: 'interop-runs-${token}'
  location: location
  tags: tags
  properties: {
    sku: tier == 'Dedicated' ? { name: tier, capacity: units } : { name: tier }
    // Every call is authenticated by Entra ID; addresses are restricted where the network is private.
    ipAllowlist: privateNetwork ? [] : ['0.0.0.0/0']
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
  }

  resource hub 'taskHubs' = { name: hubName }

  // What is to be done, and what was, stands in the tables: an orchestration that ended is of use to nobody but whoever looks for a fault.
  resource kept 'retentionPolicies' = {
    name: 'default'
    properties: { retentionPolicies: [{ retentionPeriodInDays: 30 }, { retentionPeriodInDays: 1, orchestrationState: 'Completed' }] }
    dependsOn: [hub]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: scheduler
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'allLogs', enabled: true }], metrics: [{ category: 'AllMetrics', enabled: true }] }
}

output id string = scheduler.id
output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHubName string = scheduler::hub.name
