using Interop.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace Interop.Azure.Tests.Hosting;

/// <summary>The app's settings: all that is missing or wrong is said at once.</summary>
public sealed class AzureOptionsTests
{
    static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["ServiceBus:fullyQualifiedNamespace"] = "bus.servicebus.windows.net",
        ["KeyVault:Uri"] = "https://vault.vault.azure.net/",
        ["Storage:tableServiceUri"] = "https://data.table.core.windows.net/",
        ["Storage:blobServiceUri"] = "https://data.blob.core.windows.net/",
        ["SignIn:Authority"] = "https://login.microsoftonline.com/tenant/v2.0",
        ["SignIn:ClientId"] = "client",
    };

    [Fact]
    public void Read_OfAllSettings_Succeeds()
    {
        var read = AzureOptions.Read(Of(Good.Append(KeyValuePair.Create("Systems:notify:Address", (string?)"https://api.notifications.service.gov.uk"))));
        Assert.True(read.Succeeded, string.Join('\n', read.Succeeded ? [] : read.Problems));
        Assert.Equal(new Uri("https://api.notifications.service.gov.uk"), read.Value.Addresses["notify"]);
        Assert.False(read.Value.SignIn.IsDevelopment);
    }

    // The names of App Service's settings have no hyphen on Linux, and those of systems have no underscore.
    [Theory]
    [InlineData("Systems:notify:Address", "notify")]
    [InlineData("Systems:case_management:Address", "case-management")]
    [InlineData("Systems:northshire:rms:Address", "northshire/rms")]
    [InlineData("Systems:west_shire:case_management:Address", "west-shire/case-management")]
    public void Read_OfASystemsAddress_NamesTheSystem(string setting, string expected)
    {
        var read = AzureOptions.Read(Of(Good.Append(KeyValuePair.Create(setting, (string?)"https://cases.example"))));
        Assert.Equal([expected], read.Value.Addresses.Keys);
    }

    [Fact]
    public void Read_OfNoSettings_NamesEachThatIsMissing()
    {
        var read = AzureOptions.Read(Of([]));
        Assert.All(Good.Keys, name => Assert.Contains(read.Problems, problem => problem.Message.Contains(name.Replace(":", "__", StringComparison.Ordinal), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("KeyVault:Uri", "vault")]
    [InlineData("KeyVault:Uri", "http://vault.vault.azure.net/")]
    [InlineData("Storage:tableServiceUri", "data.table.core.windows.net")]
    [InlineData("Systems:rms:Address", "ftp://rms")]
    [InlineData("TracesRatio", "1.5")]
    [InlineData("SignIn:Mode", "EasyAuth")]
    [InlineData("Delivery:AllowPrivateNetworks", "yes")]
    public void Read_OfAWrongSetting_SaysWhichItIs(string name, string value)
    {
        var read = AzureOptions.Read(Of(Good.Where(setting => setting.Key != name).Append(KeyValuePair.Create(name, (string?)value))));
        Assert.Contains(name.Replace(":", "__", StringComparison.Ordinal), Assert.Single(read.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public void Read_OfPrivateNetworks_AllowsThemOnlyWhereItSaysSo(string? allowed, bool expected)
    {
        var read = AzureOptions.Read(Of(Good.Append(KeyValuePair.Create("Delivery:AllowPrivateNetworks", allowed)))).Value;
        Assert.Equal(expected, read.Delivery.AllowPrivateNetworks);
    }

    // The header of Easy Auth is believed where it is asked for and App Service says that it is on: anybody could send it anywhere else.
    [Theory]
    [InlineData("easyAuth", "True", true, false)]
    [InlineData("easyAuth", "true", true, false)]
    [InlineData("easyAuth", "False", false, true)]
    [InlineData("easyAuth", "yes", false, true)]
    [InlineData("easyAuth", null, false, true)]
    [InlineData("platform", "True", false, false)]
    [InlineData(null, "True", false, false)]
    [InlineData(null, null, false, false)]
    public void Read_OfTheSignInMode_BelievesEasyAuthOnlyWhereItIsOn(string? mode, string? on, bool isEasyAuth, bool lacksIt)
    {
        var read = AzureOptions.Read(Of([.. Good, KeyValuePair.Create("SignIn:Mode", mode), KeyValuePair.Create("WEBSITE_AUTH_ENABLED", on)])).Value;
        Assert.Equal((isEasyAuth, lacksIt, false), (read.SignIn.IsEasyAuth, read.LacksEasyAuth, read.SignIn.IsDevelopment));
    }

    static IConfigurationRoot Of(IEnumerable<KeyValuePair<string, string?>> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
