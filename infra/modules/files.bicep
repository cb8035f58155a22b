// Tells the app of files that systems drop. The subscription itself names a key of the app, so infra/hooks/files.sh makes it after the app stands.
param location string
param tags object
param token string
param dataStorageId string
param workspaceId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'interop-files-${token}'
  location: location
  tags: tags
  properties: { source: dataStorageId, topicType: 'Microsoft.Storage.StorageAccounts' }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: topic
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'allLogs', enabled: true }], metrics: [{ category: 'AllMetrics', enabled: true }] }
}

output name string = topic.name
