// Interop.Cloud in one subscription: one resource group for each stage. Organisations that join need nothing new here: they are definitions and keys.
targetScope = 'subscription'

import { wrongAddresses } from 'modules/addresses.bicep'

@description('The stage, such as dev, trial or live: one environment of azd each.')
@minLength(1)
@maxLength(20)
param environmentName string

@description('The region. UK South by default; UK West is its pair, see docs/operations.md.')
@allowed(['uksouth', 'ukwest'])
param location string = 'uksouth'

@description('The application (client) id registered in Entra ID for sign-in; infra/hooks/entra.sh registers it and sets this. Needed: the default only keeps azd from asking for it before the hook has run.')
param signInClientId string = ''

@description('The Entra ID tenant whose users sign in; organizations: those of every tenant that the definition of an organisation names. Empty: that of the subscription.')
param signInTenantId string = ''

@description('Who signs people in at Entra ID: App Service in front of the app (Easy Auth), or the platform itself by OpenID Connect. Systems prove themselves to the platform in both; see docs/operations.md.')
@allowed(['easyAuth', 'platform'])
param signIn string = 'easyAuth'

@description('Where systems are reached, in place of what their definitions say: "northshire/rms=https://rms.force.example;notify=https://api.notifications.service.gov.uk". None: what is to be sent to a system is held.')
param systemAddresses string = ''

@description('The part of the traces that is kept, from 0 to 1; failures and logs are kept whatever it is.')
param tracesRatio string = '1'

@description('Everything reached over private endpoints in a virtual network. The bus is then of the Premium tier, which alone has them.')
param privateNetwork bool = false

@description('The addresses of the virtual network: a block of 512 at least, which meets none of a network it is peered with.')
param networkPrefix string = '10.60.0.0/22'

@description('The id of a virtual network to peer with, such as the hub that people, build machines and VPNs come in by; empty: none.')
param hubNetworkId string = ''

@description('Whether the app reaches what is behind the VPN or ExpressRoute gateway of that network.')
param hubGateway bool = false

@description('Whether systems may have addresses of private networks. False: only public addresses are called.')
param privateSystems bool = false

@description('Standard is enough for a trial; Premium is isolated, has private endpoints and a fixed capacity. Empty: Premium in a private network, else Standard. Each tier is a namespace of its own.')
@allowed(['', 'Standard', 'Premium'])
param busTier string = ''

@description('Messaging units of a bus of the Premium tier.')
@allowed([1, 2, 4, 8, 16])
param busUnits int = 1

@description('Where the journal of orchestrations is: Consumption is paid by the action, Dedicated by the unit.')
@allowed(['Consumption', 'Dedicated'])
param schedulerTier string = 'Consumption'

@description('Units of a Dedicated scheduler.')
@minValue(1)
@maxValue(3)
param schedulerUnits int = 1

@description('The task hub in which orchestrations are kept. Another name begins with an empty one; see docs/operations.md, Upgrade.')
@minLength(3)
@maxLength(64)
param taskHub string = 'runs'

@description('The most instances of the app.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 100

@description('Copies of what the Functions host stores for itself. Empty: in three zones where the region has them. UK West has none.')
@allowed(['', 'Standard_LRS', 'Standard_ZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param hostReplication string = ''

@description('Copies of what the platform stores. Empty: in the paired region, and in three zones where the region has them.')
@allowed(['', 'Standard_RAGRS', 'Standard_RAGZRS'])
param dataReplication string = ''

@description('Where alerts go.')
param alertEmail string

@description('The monthly budget in the currency of the subscription; an alert is sent at 80 % and 100 %, and when 100 % is forecast.')
@minValue(1)
param monthlyBudget int = 500

@description('The first day of the month in which the budget begins, such as 2026-01-01. Azure lets nobody change it later, so infra/hooks/budget.sh sets it once. Needed, as signInClientId is.')
param budgetFrom string = ''

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

var tags = {
  'azd-env-name': environmentName
  product: 'interop-cloud'
  stage: environmentName
}
var wrong = wrongAddresses(systemAddresses)
var addresses = empty(wrong) ? systemAddresses : fail('INTEROP_SYSTEM_ADDRESSES: "${join(wrong, '", "')}" is no system=https://address. Several stand between semicolons: northshire/rms=https://rms.force.example;notify=https://api.notifications.service.gov.uk')
var needed = {
  signInClientId: !empty(signInClientId) ? signInClientId : fail('INTEROP_SIGNIN_CLIENT_ID is not set: infra/hooks/entra.sh sets it before provisioning, and says why where it cannot.')
  budgetFrom: length(budgetFrom) == 10 ? budgetFrom : fail('INTEROP_BUDGET_FROM is no day such as 2026-01-01: infra/hooks/budget.sh sets it before the first provisioning.')
}
var token = toLower(uniqueString(subscription().id, environmentName, location))
var hasZones = location == 'uksouth'
var chosen = {
  busTier: empty(busTier) ? (privateNetwork ? 'Premium' : 'Standard') : any(busTier)
  hostReplication: empty(hostReplication) ? (hasZones ? 'Standard_ZRS' : 'Standard_LRS') : any(hostReplication)
  dataReplication: empty(dataReplication) ? (hasZones ? 'Standard_RAGZRS' : 'Standard_RAGRS') : any(dataReplication)
}
var data = {
  tables: 'https://interopdata${token}.table.${environment().suffixes.storage}'
  blobs: 'https://interopdata${token}.blob.${environment().suffixes.storage}'
  queues: 'https://interopdata${token}.queue.${environment().suffixes.storage}'
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'interop-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, logDays: logDays }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: { location: location, tags: tags, token: token, prefix: networkPrefix, hubId: hubNetworkId, hubGateway: hubGateway, workspaceId: monitoring.outputs.workspaceId }
}

// What the Functions host needs for itself: the package of the app, locks, leases.
module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'interophost${token}'
    replication: chosen.hostReplication
    containers: ['packages']
    privateNetwork: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

// What the platform stores.
module dataStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'interopdata${token}'
    replication: chosen.dataReplication
    containers: ['court-results', 'data-protection', 'interop-bodies']
    tables: ['interoprows', 'interopdue']
    privateNetwork: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module bus 'modules/bus.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, tier: chosen.busTier, units: busUnits, privateNetwork: privateNetwork, workspaceId: monitoring.outputs.workspaceId }
}

module scheduler 'modules/scheduler.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, tier: schedulerTier, units: schedulerUnits, hubName: taskHub, privateNetwork: privateNetwork, workspaceId: monitoring.outputs.workspaceId }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, privateNetwork: privateNetwork, workspaceId: monitoring.outputs.workspaceId }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    maximumInstances: maximumInstances
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostStorageName: hostStorage.outputs.name
    hostStorageBlobs: hostStorage.outputs.blobs
    dataTables: data.tables
    dataBlobs: data.blobs
    dataQueues: data.queues
    busHost: bus.outputs.host
    schedulerEndpoint: scheduler.outputs.endpoint
    taskHubName: scheduler.outputs.taskHubName
    vaultUri: vault.outputs.uri
    insightsConnection: monitoring.outputs.insightsConnection
    systemAddresses: addresses
    tracesRatio: tracesRatio
    privateSystems: privateSystems
    signIn: signIn
    signInEndpoint: environment().authentication.loginEndpoint
    signInTenantId: empty(signInTenantId) ? tenant().tenantId : signInTenantId
    signInClientId: needed.signInClientId
    subnetId: network.?outputs.appSubnetId ?? ''
    workspaceId: monitoring.outputs.workspaceId
  }
  dependsOn: [access]
}

module access 'modules/access.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    hostStorageName: hostStorage.outputs.name
    dataStorageName: dataStorage.outputs.name
    busName: bus.outputs.name
    schedulerName: scheduler.outputs.name
    taskHubName: scheduler.outputs.taskHubName
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module endpoints 'modules/endpoints.bicep' = if (privateNetwork) {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    subnetId: network.?outputs.endpointSubnetId ?? ''
    networkId: network.?outputs.networkId ?? ''
    targets: [
      { name: 'host-blob', id: hostStorage.outputs.id, part: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
      { name: 'host-queue', id: hostStorage.outputs.id, part: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
      { name: 'host-table', id: hostStorage.outputs.id, part: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
      { name: 'data-blob', id: dataStorage.outputs.id, part: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
      { name: 'data-queue', id: dataStorage.outputs.id, part: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
      { name: 'data-table', id: dataStorage.outputs.id, part: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
      { name: 'bus', id: bus.outputs.id, part: 'namespace', zone: 'privatelink.servicebus.windows.net' }
      { name: 'vault', id: vault.outputs.id, part: 'vault', zone: 'privatelink.vaultcore.azure.net' }
      { name: 'scheduler', id: scheduler.outputs.id, part: 'scheduler', zone: 'privatelink.durabletask.io' }
    ]
  }
}

module files 'modules/files.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, dataStorageId: dataStorage.outputs.id, workspaceId: monitoring.outputs.workspaceId }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    email: alertEmail
    address: app.outputs.address
    insightsId: monitoring.outputs.insightsId
    workspaceId: monitoring.outputs.workspaceId
    busId: bus.outputs.id
    dataStorageId: dataStorage.outputs.id
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: { token: token, amount: monthlyBudget, from: needed.budgetFrom, email: alertEmail }
}

output AZURE_RESOURCE_GROUP string = group.name
output INTEROP_ADDRESS string = app.outputs.address
output INTEROP_BUS string = bus.outputs.name
output INTEROP_APP string = app.outputs.name
output INTEROP_DATA_STORAGE string = dataStorage.outputs.name
output INTEROP_FILES_TOPIC string = files.outputs.name
output INTEROP_IDENTITY_PRINCIPAL string = identity.outputs.principalId
output INTEROP_VAULT string = vault.outputs.name
