// The app on a Flex Consumption plan. Its settings are addresses and names; not one is a secret.
import { addressSettings } from 'addresses.bicep'

param location string
param tags object
param token string
param maximumInstances int
param identityId string
param identityClientId string
param hostStorageName string
param hostStorageBlobs string
param dataTables string
param dataBlobs string
param dataQueues string
param busHost string
param schedulerEndpoint string
param taskHubName string
param vaultUri string
param insightsConnection string
param systemAddresses string
param tracesRatio string
param privateSystems bool
@allowed(['easyAuth', 'platform'])
param signIn string
param signInEndpoint string
param signInTenantId string
param signInClientId string
@description('The subnet the app calls from; empty: no virtual network.')
param subnetId string
param workspaceId string

// App Service compares the issuer of a token with this one, and is said to do so by the letter but for this name; the platform then judges the tenant, by name. The registration lets in no personal accounts.
var tenantOrAny = signInTenantId == 'organizations' ? 'common' : signInTenantId

// Written whole at each provisioning: what is set by hand beside these is gone after it.
var settings = {
  AZURE_CLIENT_ID: identityClientId
  // The portal is at the root, not a page of the host's.
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: hostStorageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  Storage__tableServiceUri: dataTables
  Storage__blobServiceUri: dataBlobs
  Storage__queueServiceUri: dataQueues
  Storage__credential: 'managedidentity'
  Storage__clientId: identityClientId
  ServiceBus__fullyQualifiedNamespace: busHost
  ServiceBus__credential: 'managedidentity'
  ServiceBus__clientId: identityClientId
  KeyVault__Uri: vaultUri
  SignIn__Mode: signIn
  SignIn__Authority: '${signInEndpoint}${signInTenantId}/v2.0'
  SignIn__ClientId: signInClientId
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
  TASKHUB_NAME: taskHubName
  // What App Service takes in the place of a client secret: the identity that the registration trusts. https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad
  OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
  // The key in it names the resource and opens nothing: local authentication is off.
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  TracesRatio: tracesRatio
  Delivery__AllowPrivateNetworks: privateSystems ? 'true' : 'false'
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'interop-plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'interop-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'interop' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    outboundVnetRouting: empty(subnetId) ? null : { allTraffic: true }
    // Nothing of FTP, processes or runtimes: Flex Consumption refuses a deployment that names what it has not.
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', http20Enabled: true, cors: { allowedOrigins: [] } }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorageBlobs}packages'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: 2048
        alwaysReady: [{ name: 'http', instanceCount: 1 }, { name: 'durable', instanceCount: 1 }]
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, addressSettings(systemAddresses))
  }

  // Calls without a token pass, for systems prove themselves to the platform; who may do what is the platform's to say as well. Deployed in both modes: what is left out of a deployment stays as it was.
  // No token store: the platform needs the claims alone, and none of the tokens is to be kept.
  resource easyAuth 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: signIn == 'easyAuth', runtimeVersion: '~1' }
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      httpSettings: { requireHttps: true, forwardProxy: { convention: 'NoProxy' } }
      login: {
        tokenStore: { enabled: false }
        cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
        nonce: { validateNonce: true, nonceExpirationInterval: '00:05:00' }
        preserveUrlFragmentsForLogins: false
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: { clientId: signInClientId, clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID', openIdIssuer: '${signInEndpoint}${tenantOrAny}/v2.0' }
          login: { loginParameters: ['scope=openid profile'] }
          validation: { allowedAudiences: [signInClientId, 'api://${signInClientId}'] }
        }
      }
    }
    dependsOn: [appSettings]
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource planDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: plan
  properties: { workspaceId: workspaceId, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

resource appDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'allLogs', enabled: true }], metrics: [{ category: 'AllMetrics', enabled: true }] }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
