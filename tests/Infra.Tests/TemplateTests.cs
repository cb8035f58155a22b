namespace Interop.Infra.Tests;

/// <summary>What the compiled template must say, whatever is added to it.</summary>
public sealed class TemplateTests(Template template) : IClassFixture<Template>
{
    // These take no tags: they are parts or settings of a resource that does.
    static readonly string[] WithoutTags =
    [
        "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions", "Microsoft.Consumption/budgets", "Microsoft.DurableTask/schedulers/retentionPolicies", "Microsoft.DurableTask/schedulers/taskHubs", "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "Microsoft.ServiceBus/namespaces/queues", "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/queueServices", "Microsoft.Storage/storageAccounts/tableServices", "Microsoft.Storage/storageAccounts/tableServices/tables", "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "Microsoft.Web/sites/config",
    ];

    static readonly Dictionary<string, string> WithoutDiagnostics = new(StringComparer.Ordinal)
    {
        ["Microsoft.Resources/resourceGroups"] = "has no logs of its own; the subscription's activity log has its changes",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "has no logs of its own; sign-ins of identities are logged by Entra ID",
        ["Microsoft.Network/privateDnsZones"] = "has no diagnostic logs",
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = "has no diagnostic logs",
        ["Microsoft.Network/privateEndpoints"] = "has no diagnostic logs; what passes is logged by the service behind it",
        ["Microsoft.Insights/actionGroups"] = "is itself monitoring",
        ["Microsoft.Insights/metricAlerts"] = "is itself monitoring",
        ["Microsoft.Insights/scheduledQueryRules"] = "is itself monitoring",
        ["Microsoft.Insights/webtests"] = "is itself monitoring",
    };

    // Type, property, value: no keys, nothing public, TLS 1.2 and more.
    static readonly (string Type, string Property, string Value)[] Required =
    [
        ("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "allowCrossTenantReplication", "false"),
        ("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "true"),
        ("Microsoft.Storage/storageAccounts", "minimumTlsVersion", "TLS1_2"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "None"),
        ("Microsoft.ServiceBus/namespaces", "disableLocalAuth", "true"),
        ("Microsoft.ServiceBus/namespaces", "minimumTlsVersion", "1.2"),
        ("Microsoft.ServiceBus/namespaces/queues", "requiresSession", "true"),
        ("Microsoft.ServiceBus/namespaces/queues", "requiresDuplicateDetection", "false"),
        ("Microsoft.ServiceBus/namespaces/queues", "maxDeliveryCount", "1000"),
        ("Microsoft.OperationalInsights/workspaces", "features.disableLocalAuth", "true"),
        ("Microsoft.Insights/components", "DisableLocalAuth", "true"),
        ("Microsoft.KeyVault/vaults", "enableRbacAuthorization", "true"),
        ("Microsoft.KeyVault/vaults", "enablePurgeProtection", "true"),
        ("Microsoft.Web/sites", "httpsOnly", "true"),
        ("Microsoft.Web/sites", "siteConfig.minTlsVersion", "1.2"),
        ("Microsoft.Web/sites", "siteConfig.scmMinTlsVersion", "1.2"),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", "false"),
    ];

    public static TheoryData<string, string, string> RequiredProperties
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var (type, property, value) in Required) all.Add(type, property, value);
            return all;
        }
    }

    [SkippableFact]
    public async Task Templates_CompileAndLint_WithoutAWord()
    {
        Assert.Equal((0, ""), await Bicep.Run("build", "main.bicep", "--outfile", OperatingSystem.IsWindows() ? "NUL" : "/dev/null"));
        Assert.Equal((0, ""), await Bicep.Run("lint", "main.bicep"));
    }

    [SkippableFact]
    public void EveryResource_HasTags() =>
        Assert.DoesNotContain(template.Compiled(), resource => resource.Json["tags"] is null && !WithoutTags.Contains(resource.Type));

    [SkippableFact]
    public void EveryResource_HasDiagnosticSettings()
    {
        var resources = template.Compiled();
        var told = resources.Where(resource => resource.Type == "Microsoft.Insights/diagnosticSettings").Select(setting => (setting.Module, Scope: setting.Json["scope"]!.ToString())).ToList();
        var silent = resources.Where(resource => !WithoutDiagnostics.ContainsKey(resource.Type) && (!WithoutTags.Contains(resource.Type) || resource.Type is "Microsoft.Storage/storageAccounts/blobServices" or "Microsoft.Storage/storageAccounts/tableServices" or "Microsoft.Storage/storageAccounts/queueServices"))
            .Where(resource => !told.Exists(setting => setting.Module == resource.Module && setting.Scope.StartsWith($"[resourceId('{resource.Type}',", StringComparison.Ordinal)));
        Assert.Empty(silent);
    }

    [SkippableTheory]
    [MemberData(nameof(RequiredProperties))]
    public void EveryResourceOfAType_HasTheProperty(string type, string property, string value)
    {
        var found = template.Compiled().Where(resource => resource.Type == type).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, resource => Assert.Equal(value, resource.Property(property), ignoreCase: true));
    }

    [SkippableFact]
    public void NoKey_IsAskedForOrSet()
    {
        template.Compiled();
        foreach (var word in new[] { "listKeys", "listAccountSas", "AccountKey", "SharedAccessKey", "listCredentials" }) Assert.DoesNotContain(word, template.Text, StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public void Regions_AreInTheUnitedKingdom()
    {
        template.Compiled();
        Assert.Equal("uksouth", template.Main["parameters"]!["location"]!["defaultValue"]!.ToString());
        Assert.Equal(["uksouth", "ukwest"], template.Main["parameters"]!["location"]!["allowedValues"]!.AsArray().Select(one => one!.ToString()));
    }

    // UK West has no zones: what is copied across them cannot be made there.
    [SkippableTheory]
    [InlineData("hostStorage", "hostReplication", "'Standard_ZRS', 'Standard_LRS'")]
    [InlineData("dataStorage", "dataReplication", "'Standard_RAGZRS', 'Standard_RAGRS'")]
    public void Copies_AreAcrossZonesOnlyWhereTheRegionHasThem(string account, string parameter, string byDefault)
    {
        template.Compiled();
        Assert.Equal("[equals(parameters('location'), 'uksouth')]", template.Main["variables"]!["hasZones"]!.ToString());
        Assert.Equal($"[if(empty(parameters('{parameter}')), if(variables('hasZones'), {byDefault}), parameters('{parameter}'))]", template.Main["variables"]!["chosen"]![parameter]!.ToString());
        Assert.Equal($"[variables('chosen').{parameter}]", template.Main["resources"]![account]!["properties"]!["parameters"]!["replication"]!["value"]!.ToString());
    }

    // "The following list of site configuration properties for Flex Consumption sites is invalid": ARM refuses the whole deployment, in some regions before others.
    [SkippableFact]
    public void App_NamesNothingThatFlexConsumptionRefuses()
    {
        var site = template.Compiled().Single(resource => resource.Type == "Microsoft.Web/sites").Json["properties"]!.AsObject();
        Assert.Equal(["cors", "http20Enabled", "minTlsVersion", "scmMinTlsVersion"], site["siteConfig"]!.AsObject().Select(property => property.Key).Order());
        string[] refused = ["ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCM_DO_BUILD_DURING_DEPLOYMENT", "TZ"];
        Assert.DoesNotContain(template.Settings(), setting => refused.Contains(setting.Key) || setting.Key.StartsWith("WEBSITE", StringComparison.Ordinal));
    }

    // Those that ended fill what a unit of the scheduler holds, for as long as Azure likes where nothing is said.
    [SkippableFact]
    public void Orchestrations_ThatEnded_AreKeptForAStatedTime() =>
        Assert.Equal(
            """[{"retentionPeriodInDays":30},{"retentionPeriodInDays":1,"orchestrationState":"Completed"}]""",
            template.Compiled().Single(resource => resource.Type == "Microsoft.DurableTask/schedulers/retentionPolicies").Json["properties"]!["retentionPolicies"]!.ToJsonString());

    // Azure changes no namespace from one tier to the other: of one name the deployment would be refused.
    [SkippableFact]
    public void Bus_OfEachTier_IsANamespaceOfItsOwn()
    {
        var bus = template.Compiled().Single(resource => resource.Type == "Microsoft.ServiceBus/namespaces").Json;
        Assert.Equal("[if(equals(parameters('tier'), 'Premium'), format('interop-premium-bus-{0}', parameters('token')), format('interop-bus-{0}', parameters('token')))]", bus["name"]!.ToString());
        Assert.Equal("[if(equals(parameters('tier'), 'Premium'), createObject('name', parameters('tier'), 'tier', parameters('tier'), 'capacity', parameters('units')), createObject('name', parameters('tier'), 'tier', parameters('tier')))]", bus["sku"]!.ToString());
        Assert.Equal("[if(empty(parameters('busTier')), if(parameters('privateNetwork'), 'Premium', 'Standard'), parameters('busTier'))]", template.Main["variables"]!["chosen"]!["busTier"]!.ToString());
    }

    [SkippableFact]
    public void Network_IsPeeredWhereAHubIsNamed()
    {
        var peering = template.Compiled().Single(resource => resource.Type == "Microsoft.Network/virtualNetworks/virtualNetworkPeerings");
        Assert.Equal("[not(empty(parameters('hubId')))]", peering.Json["condition"]!.ToString());
        Assert.Equal(("[parameters('hubId')]", "[parameters('hubGateway')]"), (peering.Property("remoteVirtualNetwork.id"), peering.Property("useRemoteGateways")));
    }

    // Systems at private addresses are called only where somebody decided so: a definition could else reach into the network.
    [SkippableFact]
    public void PrivateAddresses_AreCalledOnlyWhereTheStageSaysSo()
    {
        template.Compiled();
        Assert.Equal("False", template.Main["parameters"]!["privateSystems"]!["defaultValue"]!.ToString(), ignoreCase: true);
        Assert.Equal("[if(parameters('privateSystems'), 'true', 'false')]", template.Settings()["Delivery__AllowPrivateNetworks"]!.ToString());
    }
}
