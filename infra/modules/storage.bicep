// A storage account without keys: only identities of Entra ID reach it.
param location string
param tags object
@minLength(3)
@maxLength(24)
param name string
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param replication string
param containers string[] = []
param tables string[] = []
param privateNetwork bool
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: replication }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: privateNetwork ? 'Deny' : 'Allow', bypass: 'AzureServices' }
    supportsHttpsTrafficOnly: true
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: { blob: { enabled: true, keyType: 'Account' }, table: { enabled: true, keyType: 'Account' }, queue: { enabled: true, keyType: 'Account' } }
    }
  }
}

// No versions and no undelete of blobs: what is erased is to be gone.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: { deleteRetentionPolicy: { enabled: false }, isVersioningEnabled: false }

  resource container 'containers' = [for one in containers: {
    name: one
    properties: { publicAccess: 'None' }
  }]
}

resource rows 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'

  resource table 'tables' = [for one in tables: { name: one }]
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource accountDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: { workspaceId: workspaceId, metrics: [{ category: 'Transaction', enabled: true }] }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'audit', enabled: true }], metrics: [{ category: 'Transaction', enabled: true }] }
}

resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: rows
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'audit', enabled: true }], metrics: [{ category: 'Transaction', enabled: true }] }
}

resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: queues
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'audit', enabled: true }], metrics: [{ category: 'Transaction', enabled: true }] }
}

output id string = account.id
output name string = account.name
output blobs string = account.properties.primaryEndpoints.blob
