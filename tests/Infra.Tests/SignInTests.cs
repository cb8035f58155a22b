namespace Interop.Infra.Tests;

/// <summary>Who signs people in: App Service in front of the app, or the platform. In neither does it stop the calls of systems, and neither has a secret.</summary>
public sealed class SignInTests(Template template) : IClassFixture<Template>
{
    [SkippableFact]
    public void Mode_IsEasyAuthUnlessThePlatformIsChosen()
    {
        template.Compiled();
        var mode = template.Main["parameters"]!["signIn"]!;
        Assert.Equal("easyAuth", mode["defaultValue"]!.ToString());
        Assert.Equal(["easyAuth", "platform"], mode["allowedValues"]!.AsArray().Select(one => one!.ToString()));
        Assert.Equal("[parameters('signIn')]", template.Main["resources"]!["app"]!["properties"]!["parameters"]!["signIn"]!["value"]!.ToString());
    }

    // One parameter says it to App Service and to the app alike. Written in both modes: a deployment leaves as it was what it does not name.
    [SkippableTheory]
    [InlineData("platform.enabled", "[equals(parameters('signIn'), 'easyAuth')]")]
    [InlineData("globalValidation.requireAuthentication", "false")]
    [InlineData("globalValidation.unauthenticatedClientAction", "AllowAnonymous")]
    [InlineData("httpSettings.requireHttps", "true")]
    [InlineData("login.tokenStore.enabled", "false")]
    [InlineData("login.nonce.validateNonce", "true")]
    [InlineData("identityProviders.azureActiveDirectory.enabled", "true")]
    [InlineData("identityProviders.azureActiveDirectory.registration.clientId", "[parameters('signInClientId')]")]
    [InlineData("identityProviders.azureActiveDirectory.registration.clientSecretSettingName", "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID")]
    [InlineData("identityProviders.azureActiveDirectory.registration.openIdIssuer", "[format('{0}{1}/v2.0', parameters('signInEndpoint'), variables('tenantOrAny'))]")]
    [InlineData("identityProviders.azureActiveDirectory.validation.allowedAudiences", "[\"[parameters('signInClientId')]\",\"[format('api://{0}', parameters('signInClientId'))]\"]")]
    public void EasyAuth_LetsSystemsPassAndTakesTokensForThisAppAlone(string property, string expected)
    {
        var value = property.Split('.').Aggregate(template.Configuration("authsettingsV2").Json["properties"], (at, name) => at?[name]);
        Assert.Equal(expected, value is System.Text.Json.Nodes.JsonArray ? value.ToJsonString(Plain) : value?.ToString());
    }

    [SkippableTheory]
    [InlineData("SignIn__Mode", "[parameters('signIn')]")]
    [InlineData("SignIn__Authority", "[format('{0}{1}/v2.0', parameters('signInEndpoint'), parameters('signInTenantId'))]")]
    [InlineData("SignIn__ClientId", "[parameters('signInClientId')]")]
    [InlineData("OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID", "[parameters('identityClientId')]")]
    public void App_IsToldOfTheSame(string setting, string expected) => Assert.Equal(expected, template.Settings()[setting]?.ToString());

    [SkippableFact]
    public void Issuer_OfAllTenants_HasTheNameThatAppServiceKnows()
    {
        template.Compiled();
        Assert.Equal("[if(equals(parameters('signInTenantId'), 'organizations'), 'common', parameters('signInTenantId'))]", template.Variable("app", "tenantOrAny"));
    }

    static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
