// What somebody is told of, and the test that asks from outside. docs/operations.md says what each alert means and what to do.
param location string
param tags object
param token string
param email string
param address string
param insightsId string
param workspaceId string
param busId string
param dataStorageId string

resource people 'Microsoft.Insights/actionGroups@2024-10-01-preview' = {
  name: 'interop-people-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'interop'
    enabled: true
    emailReceivers: [{ name: 'operations', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// Asked every five minutes from five places outside.
resource availability 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'interop-availability-${token}'
  location: location
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'interop-availability-${token}'
    Name: 'Interop.Cloud answers'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    Locations: [{ Id: 'emea-gb-db3-azr' }, { Id: 'emea-nl-ams-azr' }, { Id: 'emea-fr-pra-edge' }, { Id: 'emea-se-sto-edge' }, { Id: 'emea-ru-msa-edge' }]
    Request: { RequestUrl: '${address}/health', HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'interop-unavailable-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Two of five places outside get no answer.'
    severity: 1
    enabled: true
    scopes: [availability.id, insightsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: { 'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria', webTestId: availability.id, componentId: insightsId, failedLocationCount: 2 }
    actions: [{ actionGroupId: people.id }]
  }
}

var metrics = [
  { name: 'dead-letters', severity: 2, about: 'A message was put aside with its reason.', scope: busId, type: 'Microsoft.ServiceBus/namespaces', metric: 'DeadletteredMessages', aggregation: 'Maximum', threshold: 0, window: 'PT5M' }
  { name: 'bus-backlog', severity: 2, about: 'Messages wait longer than the app works them off.', scope: busId, type: 'Microsoft.ServiceBus/namespaces', metric: 'ActiveMessages', aggregation: 'Average', threshold: 5000, window: 'PT15M' }
  { name: 'bus-throttled', severity: 2, about: 'The bus refuses for its load.', scope: busId, type: 'Microsoft.ServiceBus/namespaces', metric: 'ThrottledRequests', aggregation: 'Total', threshold: 0, window: 'PT5M' }
]

resource metricAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = [for one in metrics: {
  name: 'interop-${one.name}-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: one.about
    severity: one.severity
    enabled: true
    scopes: [one.scope]
    evaluationFrequency: 'PT5M'
    windowSize: one.window
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [{ name: one.name, criterionType: 'StaticThresholdCriterion', metricNamespace: one.type, metricName: one.metric, operator: 'GreaterThan', threshold: one.threshold, timeAggregation: one.aggregation }]
    }
    actions: [{ actionGroupId: people.id }]
  }
}]

resource storageThrottled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'interop-storage-throttled-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account refuses for its load; commits are sent again, and take longer.'
    severity: 2
    enabled: true
    scopes: [dataStorageId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [{ name: 'ResponseType', operator: 'Include', values: ['ServerBusyError', 'ClientThrottlingError', 'ClientAccountRequestThrottlingError'] }]
          operator: 'GreaterThan'
          threshold: 20
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

// How long after its last good end a timer is overdue: of one each minute, quarter of an hour, hour and night.
var timers = { DueRows: 15, Clocks: 45, StuckRuns: 150, StoreSweep: 1560 }
// Reads two days, since one of the timers ends once a night. A stage that was just made counts from the first end of any timer: none of them is overdue before its first time has come.
var overdue = 'let ends = union isfuzzy=true traces, exceptions | where customDimensions.EventName == "TimerEnded" | project timestamp, timer = tostring(customDimensions.Timer); let first = toscalar(ends | summarize min(timestamp)); datatable(timer: string, minutes: int)[${join(map(items(timers), one => '"${one.key}", ${one.value}'), ', ')}] | join kind=leftouter (ends | summarize last = max(timestamp) by timer) on timer | where coalesce(last, first, ago(2d)) < now() - minutes * 1m | project timestamp = now(), timer, last'

// A record that names an exception goes to exceptions, any other to traces.
var queries = [
  { name: 'failures', severity: 2, about: 'More than one in a hundred requests or pieces of work failed within fifteen minutes.', query: 'union isfuzzy=true requests, dependencies | summarize failed = countif(success == false), total = count() | where failed > 10 and failed * 100 > total', window: 'PT15M' }
  { name: 'put-aside', severity: 2, about: 'The platform put work aside after it failed again and again.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "PutAside"', window: 'PT15M' }
  { name: 'timer-failed', severity: 2, about: 'A timer failed: due work, time limits, stuck runs or what a crash left wait for its next time.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "TimerFailed"', window: 'PT15M' }
  { name: 'row-left', severity: 2, about: 'The work of a row failed four times, and waits for the sweep.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "RowLeft"', window: 'PT15M' }
  { name: 'signal-lost', severity: 3, about: 'Signals of due work did not reach the bus, and wait for the sweep.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "SignalLost"', window: 'PT15M' }
  { name: 'news-deferred', severity: 2, about: 'News of runs does not reach the scheduler, and is told again each minute: no run goes on.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "NewsDeferred"', window: 'PT15M' }
  { name: 'backlog', severity: 2, about: 'A message has waited for more than fifteen minutes.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "Swept" | where toint(customDimensions.OldestSeconds) > 900', window: 'PT15M' }
  { name: 'file-refused', severity: 3, about: 'A dropped file cannot be taken, and stays where it was dropped.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "FileRefused"', window: 'PT15M' }
  { name: 'stuck-runs', severity: 3, about: 'A run waits for nothing that can still happen.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "RunIsStuck"', window: 'PT1H' }
  { name: 'clock-breached', severity: 2, about: 'A time limit of the Victims\' Code passed without the update it asks for.', query: 'union isfuzzy=true traces, exceptions | where customDimensions.EventName == "ClockIsBreached"', window: 'PT15M' }
]

resource queryAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for one in queries: {
  name: 'interop-${one.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: one.name
    description: one.about
    severity: one.severity
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: one.window
    windowSize: one.window
    criteria: { allOf: [{ query: one.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }] }
    autoMitigate: false
    actions: { actionGroups: [people.id] }
  }
}]

// Stateful, one for each timer: told when it is overdue, and again when it is not.
resource timerOverdue 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'interop-timer-overdue-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'timer-overdue'
    description: 'A timer that everything relies on has not ended well for too long.'
    severity: 1
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    overrideQueryTimeRange: 'P2D'
    criteria: { allOf: [{ query: overdue, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0, dimensions: [{ name: 'timer', operator: 'Include', values: ['*'] }] }] }
    autoMitigate: true
    actions: { actionGroups: [people.id] }
  }
}

// A new workspace has neither the table nor the column until the vault has logged its first call, and a rule whose query names what is not there is refused: the empty first leg always resolves.
var refused = 'union isfuzzy=true (datatable(TimeGenerated: datetime)[]), (AzureDiagnostics | where ResourceProvider == "MICROSOFT.KEYVAULT" and toint(column_ifexists("httpStatusCode_d", 0)) in (401, 403))'

// Somebody asks for secrets and is refused again and again.
resource refusedSecrets 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'interop-refused-secrets-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'refused-secrets'
    description: 'The vault refused more than ten calls within fifteen minutes.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: { allOf: [{ query: refused, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 10 }] }
    autoMitigate: false
    actions: { actionGroups: [people.id] }
  }
}
