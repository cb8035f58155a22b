using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Local.Simulators.Notify;

/// <summary>A template as it stands at the service: placeholders are <c>((name))</c>.</summary>
internal sealed partial record NotifyTemplate(string Id, string Type, int Version, string? Subject, string Body)
{
    /// <summary>The two templates of the fictional force.</summary>
    public static ImmutableArray<NotifyTemplate> Northshire { get; } =
    [
        new("6f3f0a3e-1d52-4c1b-9a64-2f0d6f1c8b01", "sms", 1, null, "Dear ((name)), ((message)) Crime reference ((crime_reference))."),
        new("b2c8d1f4-7e60-4b39-8d15-9a3e5c7f2d02", "email", 1, "Update on your case ((crime_reference))",
            "Dear ((name)),\n\n((message))\n\nCrime reference ((crime_reference)).\n\nNorthshire Police"),
    ];

    /// <summary>The placeholders for which nothing was given, in order of first use.</summary>
    public IReadOnlyList<string> Missing(JsonValue personalisation)
    {
        var given = Given(personalisation);
        return [.. Placeholder().Matches(Subject + Body).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)
            .Where(name => !given.ContainsKey(Key(name)))];
    }

    /// <summary>The text with every placeholder filled.</summary>
    public static string Fill(string text, JsonValue personalisation)
    {
        var given = Given(personalisation);
        return Placeholder().Replace(text, match => given.GetValueOrDefault(Key(match.Groups[1].Value), match.Value)).Trim();
    }

    static Dictionary<string, string> Given(JsonValue personalisation) => personalisation.Members
        .Where(member => !member.Value.IsNull)
        .GroupBy(member => Key(member.Key), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Value is var value ? value.StringOrNull ?? value.ToString() : "", StringComparer.Ordinal);

    // The API reads names without regard to case, spaces, hyphens and underscores.
    static string Key(string name) => Ignored().Replace(name, "").ToLowerInvariant();

    [GeneratedRegex(@"\(\(([^()]+)\)\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[\s_-]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Ignored();
}
