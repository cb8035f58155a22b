using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

public sealed partial record Marking
{
    const int MostParts = 16;
    const int LongestPart = 60;
    const string SensitiveWord = "SENSITIVE";

    // In the order of the enumeration.
    static readonly ImmutableArray<string> TierNames = ["OFFICIAL", "SECRET", "TOP SECRET"];

    /// <summary>Reads the member <c>marking</c> of a record: an object, or a text as <see cref="Parse(string)"/> reads it; null gives OFFICIAL.</summary>
    public static Outcome<Marking> Parse(JsonValue value)
    {
        if (value.IsNull) return Official;
        if (value.StringOrNull is { } text) return Parse(text);
        var problems = new ProblemList();
        if (value.Kind != JsonKind.Object) return new Problem("type", "A marking is an object with a tier, or a text such as OFFICIAL-SENSITIVE.", "/marking");
        var tier = TierOf(value["tier"].StringOrNull, problems);
        if (value["sensitive"].Kind is not (JsonKind.Null or JsonKind.Boolean)) problems.Add(new Problem("type", "\"sensitive\" must be true or false.", "/marking/sensitive"));
        var descriptors = Parts(value["descriptors"], "descriptors", problems);
        var handling = Parts(value["handling"], "handling", problems);
        return problems.Or(() => new Marking(tier, value["sensitive"] == JsonValue.True, descriptors, handling));
    }

    /// <summary>Reads a marking as it is printed, such as <c>OFFICIAL-SENSITIVE-PERSONAL DATA-RECIPIENTS ONLY</c>.</summary>
    /// <remarks>A part that ends with ONLY, or is EMBARGOED, is a handling instruction; each other is a descriptor.</remarks>
    public static Outcome<Marking> Parse(string text)
    {
        var problems = new ProblemList();
        var parts = text.Split('-', MostParts + 2);
        var tier = TierOf(parts[0].Trim(), problems);
        var rest = parts.Skip(1).Select(part => part.Trim()).ToArray();
        var sensitive = rest is [SensitiveWord, ..];
        var named = JsonValue.Of(rest.Skip(sensitive ? 1 : 0).Select(part => JsonValue.Of(part)));
        var words = Parts(named, "descriptors", problems);
        return problems.Or(() => new Marking(tier, sensitive, [.. words.Where(word => !IsHandling(word))], [.. words.Where(IsHandling)]));
    }

    /// <summary>As a member of a canonical record.</summary>
    public JsonValue ToJson() => JsonValue.Of(
        ("tier", TierNames[(int)Tier]),
        ("sensitive", Sensitive),
        ("descriptors", JsonValue.Of(Descriptors.Select(word => JsonValue.Of(word)))),
        ("handling", JsonValue.Of(Handling.Select(word => JsonValue.Of(word)))));

    /// <summary>Such as <c>OFFICIAL-SENSITIVE-PERSONAL DATA</c>, for people; <see cref="ToJson"/> is exact.</summary>
    public override string ToString() => string.Join('-', [TierNames[(int)Tier], .. Sensitive ? [SensitiveWord] : Array.Empty<string>(), .. Descriptors, .. Handling]);

    static bool IsHandling(string word) => word.EndsWith(" ONLY", StringComparison.Ordinal) || word == "EMBARGOED";

    static Tier TierOf(string? name, ProblemList problems)
    {
        var at = TierNames.IndexOf(name ?? "");
        if (at < 0) problems.Add(new Problem("marking", $"The tier must be one of {string.Join(", ", TierNames)}, in capitals.", "/marking/tier", Problem.Preview(name ?? "")));
        return (Tier)Math.Max(at, 0);
    }

    static ImmutableSortedSet<string> Parts(JsonValue list, string name, ProblemList problems)
    {
        var path = "/marking/" + name;
        if (list.Kind is not (JsonKind.Null or JsonKind.Array))
        {
            problems.Add(new Problem("type", $"\"{name}\" must be a list of texts.", path));
            return [];
        }

        if (list.Count > MostParts) problems.Add(new Problem("marking", $"\"{name}\" has more than {MostParts} parts.", path));
        foreach (var wrong in list.Items.Where(item => WordOf(item) is null))
            problems.Add(new Problem("marking", $"Each part of \"{name}\" must be a text of 1 to {LongestPart} characters, such as PERSONAL DATA.", path, Problem.Preview(wrong.ToString())));
        return [.. list.Items.Select(WordOf).OfType<string>()];
    }

    // Markings are written in capitals; a system that does not is understood all the same.
    static string? WordOf(JsonValue item) =>
        item.StringOrNull?.Trim().ToUpperInvariant() is { Length: >= 1 and <= LongestPart } word && !word.Any(char.IsControl) ? word : null;
}
