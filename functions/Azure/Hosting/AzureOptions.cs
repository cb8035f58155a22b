using System.Collections.Immutable;
using Interop.Core;
using Interop.Platform.Delivery;
using Interop.Platform.Identity;
using Microsoft.Extensions.Configuration;

namespace Interop.Functions.Hosting;

/// <summary>The settings of the app: addresses and names. No key is among them: every service is reached as the app's managed identity.</summary>
/// <param name="ServiceBus">The fully qualified name of the Service Bus namespace.</param>
/// <param name="KeyVault">The vault with the keys of systems.</param>
/// <param name="Tables">The table endpoint of the storage account.</param>
/// <param name="Blobs">The blob endpoint of the storage account, for what no table entity can hold.</param>
/// <param name="SignIn">Entra ID, by App Service's own authentication or by the platform itself: the development sign-in is never offered here.</param>
/// <param name="Addresses">Where systems are reached, in place of what their definitions say.</param>
/// <param name="AllowPrivateNetworks">Whether systems may be called at private addresses, as behind a private network; not if nothing is said.</param>
/// <param name="TracesRatio">The part of the traces that is kept; failures are kept whatever it is.</param>
/// <param name="LacksEasyAuth">Whether Easy Auth was to sign people in, and does not stand in front of the app: then the platform does it itself.</param>
sealed record AzureOptions(string ServiceBus, Uri KeyVault, Uri Tables, Uri Blobs, SignInOptions SignIn, ImmutableDictionary<string, Uri> Addresses, bool AllowPrivateNetworks, double TracesRatio, bool LacksEasyAuth)
{
    /// <summary>The setting that says who signs people in, <see cref="EasyAuth"/> or <see cref="Platform"/>.</summary>
    public const string SignInMode = "SignIn:Mode";

    /// <summary>App Service's own authentication signs people in.</summary>
    public const string EasyAuth = "easyAuth";

    /// <summary>The platform signs people in, by OpenID Connect.</summary>
    public const string Platform = "platform";

    // Set by App Service itself, and by nobody else, where its own authentication is on: then it takes the header with who comes from every call, and writes its own.
    const string IsOn = "WEBSITE_AUTH_ENABLED";

    /// <summary>The setting that lets systems be called at private addresses, as the error names it that refuses one.</summary>
    public const string PrivateNetworks = "Delivery:AllowPrivateNetworks";

    /// <summary>The section with the address of each system, such as <c>Systems__notify__Address</c>, or <c>Systems__northshire__rms__Address</c> for one organisation's. Linux takes no hyphen in the name of a setting, and a system's name has no underscore: <c>Systems__case_management__Address</c>.</summary>
    public const string Systems = "Systems";

    /// <summary>What the host decides about deliveries.</summary>
    public DeliveryOptions Delivery => new() { Addresses = Addresses, AllowPrivateNetworks = AllowPrivateNetworks };

    /// <summary>The settings; or every one that is missing or wrong.</summary>
    public static Outcome<AzureOptions> Read(IConfiguration settings)
    {
        var problems = new ProblemList();
        var (wanted, isOn) = (Mode(settings, problems) == EasyAuth, bool.TryParse(settings[IsOn], out var on) && on);
        var options = new AzureOptions(
            Text(settings, "ServiceBus:fullyQualifiedNamespace", problems),
            Address(settings, "KeyVault:Uri", problems),
            Address(settings, "Storage:tableServiceUri", problems),
            Address(settings, "Storage:blobServiceUri", problems),
            new SignInOptions { Authority = Address(settings, "SignIn:Authority", problems).ToString(), ClientId = Text(settings, "SignIn:ClientId", problems), Audience = settings["SignIn:Audience"], IsEasyAuth = wanted && isOn },
            SystemsOf(settings).ToImmutableDictionary(system => system.Replace(':', '/').Replace('_', '-'), system => Address(settings, $"{Systems}:{system}:Address", problems)),
            Flag(settings, PrivateNetworks, problems),
            settings.GetValue("TracesRatio", 1.0),
            wanted && !isOn);
        if (options.TracesRatio is not (>= 0 and <= 1)) problems.Add(new Problem("setting", $"The setting TracesRatio is {options.TracesRatio}; it is from 0 to 1."));
        return problems.Or(() => options);
    }

    // "notify", "northshire:rms": whatever stands before the last name of each setting.
    static IEnumerable<string> SystemsOf(IConfiguration settings) =>
        settings.GetSection(Systems).AsEnumerable(makePathsRelative: true).Where(setting => setting.Value is not null && setting.Key.Contains(':', StringComparison.Ordinal)).Select(setting => setting.Key[..setting.Key.LastIndexOf(':')]).Distinct(StringComparer.OrdinalIgnoreCase);

    static string Mode(IConfiguration settings, ProblemList problems)
    {
        var mode = settings[SignInMode] ?? Platform;
        if (mode is not (EasyAuth or Platform)) problems.Add(new Problem("setting", $"The setting SignIn__Mode is neither {EasyAuth} nor {Platform}.", Value: mode));
        return mode;
    }

    static bool Flag(IConfiguration settings, string name, ProblemList problems)
    {
        if (settings[name] is not { Length: > 0 } text) return false;
        if (!bool.TryParse(text, out var isSet)) problems.Add(new Problem("setting", $"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is neither true nor false.", Value: text));
        return isSet;
    }

    static string Text(IConfiguration settings, string name, ProblemList problems)
    {
        if (settings[name] is { Length: > 0 } text) return text;
        problems.Add(new Problem("setting", $"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is missing. infra/ sets it; see docs/operations.md."));
        return "";
    }

    static Uri Address(IConfiguration settings, string name, ProblemList problems)
    {
        var text = Text(settings, name, problems);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps) return address;
        if (text.Length > 0) problems.Add(new Problem("setting", $"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is no https address.", Value: text));
        return new Uri("https://missing.invalid/");
    }
}
