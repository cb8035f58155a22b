namespace Interop.Infra.Tests;

/// <summary>What the app may do, role by role; and that its settings hold no secret.</summary>
public sealed class AccessTests(Template template) : IClassFixture<Template>
{
    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    static readonly (string Role, string On)[] Expected =
    [
        ("busReaderRole", "Microsoft.ServiceBus/namespaces busName"),
        ("durableTaskDataContributor", "Microsoft.DurableTask/schedulers/taskHubs schedulerName taskHubName"),
        ("keyVaultSecretsUser", "Microsoft.KeyVault/vaults vaultName"),
        ("monitoringMetricsPublisher", "Microsoft.Insights/components insightsName"),
        ("serviceBusDataReceiver", "Microsoft.ServiceBus/namespaces busName"),
        ("serviceBusDataSender", "Microsoft.ServiceBus/namespaces/queues busName work"),
        ("storageBlobDataContributor", "Microsoft.Storage/storageAccounts dataStorageName"),
        ("storageBlobDataOwner", "Microsoft.Storage/storageAccounts hostStorageName"),
        ("storageQueueDataContributor", "Microsoft.Storage/storageAccounts dataStorageName"),
        ("storageQueueDataContributor", "Microsoft.Storage/storageAccounts hostStorageName"),
        ("storageTableDataContributor", "Microsoft.Storage/storageAccounts dataStorageName"),
        ("storageTableDataContributor", "Microsoft.Storage/storageAccounts hostStorageName"),
    ];

    static readonly string[] SettingsExpected =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "Delivery__AllowPrivateNetworks", "KeyVault__Uri", "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID", "ServiceBus__clientId", "ServiceBus__credential", "ServiceBus__fullyQualifiedNamespace", "SignIn__Authority", "SignIn__ClientId", "SignIn__Mode", "Storage__blobServiceUri",
        "Storage__clientId", "Storage__credential", "Storage__queueServiceUri", "Storage__tableServiceUri", "TASKHUB_NAME", "TracesRatio",
    ];

    [SkippableFact]
    public void App_HasTheseRolesAndNoOther()
    {
        var found = template.Compiled().Where(resource => resource.Type == "Microsoft.Authorization/roleAssignments").Select(assignment => (Role(assignment), On(assignment))).Order();
        Assert.Equal(Expected, found);
    }

    [SkippableFact]
    public void OwnRole_CountsMessagesAndReadsNone()
    {
        var role = template.Compiled().Single(resource => resource.Type == "Microsoft.Authorization/roleDefinitions");
        Assert.Equal("""[{"actions":["Microsoft.ServiceBus/namespaces/*/read"],"notActions":[],"dataActions":[],"notDataActions":[]}]""", role.Json["properties"]!["permissions"]!.ToJsonString());
        Assert.Equal("""["[resourceGroup().id]"]""", role.Json["properties"]!["assignableScopes"]!.ToJsonString());
    }

    [SkippableFact]
    public void EveryRole_IsTheAppsIdentity()
    {
        Assert.All(template.Compiled().Where(resource => resource.Type == "Microsoft.Authorization/roleAssignments"), assignment =>
        {
            Assert.Equal("[parameters('principalId')]", assignment.Property("principalId"));
            Assert.Equal("ServicePrincipal", assignment.Property("principalType"));
        });
        var given = template.Main["resources"]!["access"]!["properties"]!["parameters"]!["principalId"]!["value"]!.ToString();
        Assert.StartsWith("[reference('identity').outputs.principalId", given, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Settings_AreAddressesAndNames_AndNoSecret()
    {
        var settings = template.Settings();
        Assert.Equal(SettingsExpected, settings.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.All(settings, setting => Assert.DoesNotMatch("(?i)(sig=|password|secret|AccountKey|SharedAccess)", setting.Value!.ToString()));
    }

    static string Role(Resource assignment)
    {
        var id = assignment.Property("roleDefinitionId")!;
        if (id == "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid(resourceId('Microsoft.ServiceBus/namespaces', parameters('busName')), 'reader'))]") return "busReaderRole";
        return id[(id.LastIndexOf("variables('roles').", StringComparison.Ordinal) + "variables('roles').".Length)..].TrimEnd(']', ')');
    }

    // [resourceId('type', parameters('a'), 'b')] as "type a b".
    static string On(Resource assignment) => string.Join(' ', assignment.Json["scope"]!.ToString().Replace("[resourceId(", "", StringComparison.Ordinal).Split(',').Select(part => part.Replace("parameters(", "", StringComparison.Ordinal).Trim(' ', '\'', ')', ']')));
}
