namespace Interop.Infra.Tests;

/// <summary>Where systems are reached: a parameter of the stage, for the app's settings are written whole at each provisioning.</summary>
public sealed class AddressTests(Template template) : IClassFixture<Template>
{
    [SkippableTheory]
    [InlineData("", "{}")]
    [InlineData("rms=https://rms.force.example", """{"Systems__rms__Address":"https://rms.force.example"}""")]
    [InlineData("case-management=https://cases.example/in?a=b", """{"Systems__case_management__Address":"https://cases.example/in?a=b"}""")]
    [InlineData("west-shire/rms=https://rms.example", """{"Systems__west_shire__rms__Address":"https://rms.example"}""")]
    [InlineData(" rms = https://rms.example ; notify=https://notify.example; ", """{"Systems__rms__Address":"https://rms.example","Systems__notify__Address":"https://notify.example"}""")]
    public async Task List_BecomesASettingForEachSystem(string list, string expected) => Assert.Equal(expected, (await Bicep.Call("addresses.bicep", "addressSettings", list)).ToJsonString());

    [SkippableTheory]
    [InlineData("", "[]")]
    [InlineData("rms=https://rms.example;notify=https://notify.example", "[]")]
    [InlineData("rms;notify=http://notify.example;=https://nobody.example;ok=https://ok.example", """["rms","notify=http://notify.example","=https://nobody.example"]""")]
    [InlineData("rms=https://rms.example,notify=https://notify.example;rms:https://rms.example", """["rms=https://rms.example,notify=https://notify.example","rms:https://rms.example"]""")]
    public async Task Wrong_IsWhatNamesNoSystemOrNoHttpsAddress(string list, string expected) => Assert.Equal(expected, (await Bicep.Call("addresses.bicep", "wrongAddresses", list)).ToJsonString());

    [SkippableFact]
    public void App_GetsThemBesideItsOwnSettings()
    {
        template.Compiled();
        Assert.StartsWith("[if(empty(variables('wrong')), parameters('systemAddresses'), fail(", template.Main["variables"]!["addresses"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("[variables('addresses')]", template.Main["resources"]!["app"]!["properties"]!["parameters"]!["systemAddresses"]!["value"]!.ToString());
        Assert.Equal("[union(variables('settings'), __bicep.addressSettings(parameters('systemAddresses')))]", template.Configuration("appsettings").Json["properties"]!.ToString());
    }
}
