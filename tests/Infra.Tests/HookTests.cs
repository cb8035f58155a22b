using System.Diagnostics;

namespace Interop.Infra.Tests;

/// <summary>The hooks of azd, run with an Azure CLI and an azd that note what they are asked, and answer what a case says.</summary>
public sealed class HookTests : IDisposable
{
    static readonly (string Name, string Value)[] Stage =
    [
        ("AZURE_ENV_NAME", "trial"), ("AZURE_RESOURCE_GROUP", "interop-trial"), ("AZURE_SUBSCRIPTION_ID", "the-subscription"), ("INTEROP_ADDRESS", "https://app.example"), ("INTEROP_APP", "app"), ("INTEROP_FILES_TOPIC", "files"), ("INTEROP_IDENTITY_PRINCIPAL", "the-principal"),
        ("INTEROP_SIGNIN_CLIENT_ID", ""), ("INTEROP_SIGNIN_TENANT", ""),
    ];

    const string Own = "https://app.example/.auth/login/aad/callback https://app.example/signin-oidc";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop-hooks");

    public void Dispose() => folder.Delete(recursive: true);

    // Before azd has asked for its subscription there is none to compare with.
    [SkippableTheory]
    [InlineData("the-subscription", "the-subscription", 0, "")]
    [InlineData("another", "", 0, "")]
    [InlineData("another", "the-subscription", 1, "az account set --subscription the-subscription")]
    public async Task Subscription_OfTheAzureCli_IsThatOfAzd(string own, string azd, int expected, string remedy)
    {
        Answer("account show", own);
        var (exit, said, asked) = await Run("subscription.sh", ("AZURE_SUBSCRIPTION_ID", azd));
        Assert.Equal((expected, 1), (exit, asked.Count));
        Assert.Contains(remedy, said, StringComparison.Ordinal);
    }

    // No resource of the templates is of that provider, and Azure delegates no subnet to one that is not registered.
    [SkippableTheory]
    [InlineData("false", "NotRegistered", 0)]
    [InlineData("true", "NotRegistered", 1)]
    [InlineData("true", "Registered", 0)]
    public async Task Subscription_OfAPrivateNetwork_KnowsWhatItsSubnetIsDelegatedTo(string isPrivate, string state, int times)
    {
        Answer("account show", "the-subscription");
        Answer("provider show --namespace Microsoft.App", state);
        var (exit, _, asked) = await Run("subscription.sh", ("INTEROP_PRIVATE_NETWORK", isPrivate));
        Assert.Equal((0, times), (exit, asked.Count(one => one == "az provider register --namespace Microsoft.App --wait")));
    }

    [SkippableFact]
    public async Task Entra_OfANewStage_RegistersTheAppOnceAndNotesItsId()
    {
        Answer("ad app create", "the-client");
        var (exit, _, asked) = await Run("entra.sh");
        Assert.Equal(0, exit);
        Assert.Equal(["az ad app list", "az ad app create", "azd env set INTEROP_SIGNIN_CLIENT_ID the-client", "az ad sp create --id the-client"], asked.Select(Begin));
        Assert.Contains("--sign-in-audience AzureADMyOrg --app-roles @app-roles.json --requested-access-token-version 2", asked[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Entra_OfAStageWhoseRegistrationIsNotYetKnown_AsksAgain()
    {
        Answer("ad app create", "the-client");
        Answer("ad sp create", "", exit: 1);
        var (exit, said, asked) = await Run("entra.sh");
        Assert.Equal(1, exit);
        Assert.Equal(6, asked.Count(one => one.StartsWith("az ad sp create", StringComparison.Ordinal)));
        Assert.Contains("Run: az ad sp create --id the-client", said, StringComparison.Ordinal);
    }

    // Somebody else's registration of that name would be theirs to sign people in with.
    [SkippableFact]
    public async Task Entra_WhereTheNameIsTaken_TakesItForNobodysAndSaysWhatToDo()
    {
        Answer("ad app list", "of-another");
        var (exit, said, asked) = await Run("entra.sh");
        Assert.Equal(1, exit);
        Assert.Equal(["az ad app list"], asked.Select(Begin));
        Assert.Contains("of-another", said, StringComparison.Ordinal);
        Assert.Contains("azd env set INTEROP_SIGNIN_CLIENT_ID", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Entra_OfAStageThatHasOne_AsksNothing() => Assert.Empty((await Run("entra.sh", ("INTEROP_SIGNIN_CLIENT_ID", "the-client"))).Asked);

    [SkippableFact]
    public async Task Entra_OfAllTenants_RegistersForThem()
    {
        Answer("ad app create", "the-client");
        Assert.Contains("--sign-in-audience AzureADMultipleOrgs", (await Run("entra.sh", ("INTEROP_SIGNIN_TENANT", "organizations"))).Asked[1], StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("", 1)]
    [InlineData("managed-identity-the-principal", 0)]
    public async Task Trust_OfAnIdentity_IsGivenOnce(string known, int expected)
    {
        Registration("2 true", Own, known);
        var (exit, _, asked) = await Run("trust.sh", ("INTEROP_SIGNIN_CLIENT_ID", "the-client"));
        Assert.Equal(0, exit);
        var given = asked.Where(one => one.StartsWith("az ad app federated-credential create", StringComparison.Ordinal)).ToList();
        Assert.Equal(expected, given.Count);
        Assert.All(given, one => Assert.Contains("\"issuer\": \"https://login.microsoftonline.com/the-tenant/v2.0\", \"subject\": \"the-principal\"", one, StringComparison.Ordinal));
    }

    // An own domain stays, and so do the addresses of the stage in the other region. Where nothing is to be changed, nobody need be allowed to.
    [SkippableTheory]
    [InlineData("null false", "", Own)]
    [InlineData("2 true", "https://interop.force.example/signin-oidc", $"https://interop.force.example/signin-oidc {Own}")]
    [InlineData("2 true", $"https://interop.force.example/signin-oidc {Own}", null)]
    [InlineData("1 true", $"https://interop.force.example/signin-oidc {Own}", $"https://interop.force.example/signin-oidc {Own}")]
    [InlineData("2 false", Own, Own)]
    [InlineData("2 true", $"{Own}x https://app.example/.auth/login/aad/callback", $"{Own}x https://app.example/.auth/login/aad/callback https://app.example/signin-oidc")]
    public async Task Trust_OfAnAddress_IsAddedToThoseThatAreThere(string tokens, string known, string? expected)
    {
        Registration(tokens, known, "managed-identity-the-principal");
        var (exit, _, asked) = await Run("trust.sh", ("INTEROP_SIGNIN_CLIENT_ID", "the-client"));
        Assert.Equal(0, exit);
        Assert.Equal(
            expected is null ? [] : [$"az ad app update --id the-client --requested-access-token-version 2 --enable-id-token-issuance true --web-redirect-uris {expected}"],
            asked.Where(one => one.StartsWith("az ad app update", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData("ad app show", "cannot be read")]
    [InlineData("ad app update", "lacks this stage's address (https://app.example)")]
    [InlineData("ad app federated-credential list", "credentials cannot be read")]
    [InlineData("ad app federated-credential create", "does not trust the app's identity yet")]
    public async Task Trust_WhereItMayNotBeGiven_SaysWhatIsMissing(string refused, string expected)
    {
        Answer(refused, "", exit: 1);
        Registration("2 true", "", "");
        var (exit, said, _) = await Run("trust.sh", ("INTEROP_SIGNIN_CLIENT_ID", "the-client"));
        Assert.Equal(1, exit);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Contains("Application.ReadWrite.OwnedBy", said, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("the-key", 0, 1)]
    [InlineData("", 1, 30)]
    public async Task Files_AreToldOfWhenTheHostHasMadeItsKey(string key, int expected, int times)
    {
        Answer("functionapp keys list", key);
        var (exit, said, asked) = await Run("files.sh");
        Assert.Equal(expected, exit);
        Assert.Equal(times, asked.Count(one => one.StartsWith("az functionapp keys list", StringComparison.Ordinal)));
        if (expected == 0) Assert.Contains("--endpoint https://app.example/runtime/webhooks/blobs?functionName=Host.Functions.CourtResults&code=the-key ", asked[^1], StringComparison.Ordinal);
        else Assert.Contains("azd hooks run postdeploy", said, StringComparison.Ordinal);
    }

    // A warning and no failure: what is deployed works, but for systems that can send a key in no other way.
    [SkippableTheory]
    [InlineData("""{ "problems": [] }""", "", 1, "reach the platform")]
    [InlineData("You do not have permission to view this directory or page.", "easyAuth", 1, "azd env set INTEROP_SIGNIN platform")]
    [InlineData("", "", 1, "did not reach the platform")]
    [InlineData("", "platform", 0, "")]
    public async Task Bearer_OfASystem_IsAskedForThroughEasyAuth(string answer, string signIn, int times, string expected)
    {
        Tool("curl", $"echo '{answer}'");
        var (exit, said, asked) = await Run("bearer.sh", ("INTEROP_SIGNIN", signIn));
        Assert.Equal((0, times), (exit, asked.Count));
        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("2026-01-01", "true", 0, 0)]
    [InlineData("", "true", 1, 0)]
    [InlineData("", "", 0, 1)]
    public async Task Budget_BeginsOnce(string from, string ci, int expected, int times)
    {
        var (exit, _, asked) = await Run("budget.sh", ("INTEROP_BUDGET_FROM", from), ("CI", ci));
        Assert.Equal((expected, times), (exit, asked.Count));
        Assert.All(asked, one => Assert.Matches("^azd env set INTEROP_BUDGET_FROM [0-9]{4}-[0-9]{2}-01$", one));
    }

    // What the registration of the stage has: versions, addresses, the identity that it trusts.
    void Registration(string tokens, string addresses, string trusted)
    {
        Answer("ad app show --id the-client --query web.redirectUris", addresses.Replace(" ", "\\n", StringComparison.Ordinal));
        Answer("ad app show", tokens);
        Answer("ad app federated-credential list", trusted);
        Answer("cloud show", "https://login.microsoftonline.com");
        Answer("account show", "the-tenant");
    }

    // What az says when it is asked something that begins like this.
    void Answer(string beginning, string text, int exit = 0) => File.AppendAllText(Path.Combine(folder.FullName, "answers"), $"{beginning}|{text}|{exit}\n");

    async Task<(int Exit, string Said, List<string> Asked)> Run(string hook, params (string Name, string Value)[] settings)
    {
        Skip.If(OperatingSystem.IsWindows(), "The hooks are written for bash.");
        Tool("az", """
            while IFS='|' read -r beginning text code; do
              case "$*" in "$beginning"*) [ -n "$text" ] && printf '%b\n' "$text"; exit "$code" ;; esac
            done < "$(dirname "$0")/answers"
            """);
        Tool("azd", "");
        Tool("sleep", "", isNoted: false);
        File.AppendAllText(Path.Combine(folder.FullName, "answers"), "");
        var start = new ProcessStartInfo(Path.Combine(Bicep.Folder, "hooks", hook)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in Stage.Concat(settings).Append(("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"))) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = string.Concat(await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()));
        await process.WaitForExitAsync();
        var asked = Path.Combine(folder.FullName, "asked");
        return (process.ExitCode, said, File.Exists(asked) ? [.. await File.ReadAllLinesAsync(asked)] : []);
    }

    void Tool(string name, string does, bool isNoted = true)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, $"#!/usr/bin/env bash\n{(isNoted ? $"echo \"{name} $*\" | tr -s '\\n ' ' ' | sed 's/ $/\\n/' >> \"$(dirname \"$0\")/asked\"\n" : "")}{does}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static string Begin(string asked) => asked.StartsWith("az ad app", StringComparison.Ordinal) ? string.Join(' ', asked.Split(' ')[..4]) : asked.Replace(" --output none", "", StringComparison.Ordinal);
}
