using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>A person's name in one text on one side, in parts on the other. What is put together must come apart the same, unless a loss is stated.</summary>
static class NameCombination
{
    static readonly string[] Names = ["title", "given", "family"];

    public static Combination? Make(CombinationSite site)
    {
        var fields = site.Node is SourceScalar ? null : SourceFields.Of(site.Node, site.Problems);
        var text = fields?.RequiredText("form") ?? ((SourceScalar)site.Node).Text;
        var titles = fields?.Texts("titles") ?? [];
        fields?.RefuseOthers();
        var form = NameForm.Parse(text, titles);
        if (form is null) site.Problems.Add(site.Node.Place, "name", MappingMessages.NameForm, value: text);
        var wholeIsSource = site.Source is [{ Name: "" }];
        var (whole, parts) = wholeIsSource ? (site.Source, site.Canonical) : (site.Canonical, site.Source);
        if (!Check(whole, parts, site) || form is null) return null;

        var (apart, together) = (Apart(form, parts), Together(form, parts, site.LossIsAccepted));
        return wholeIsSource ? new Combination(apart, together) : new Combination(together, apart);
    }

    static bool Check(ImmutableArray<Part> whole, ImmutableArray<Part> parts, CombinationSite site)
    {
        var before = site.Problems.Count;
        if (whole is not [{ Name: "" }] || parts is [{ Name: "" }]) site.Problems.Add(site.Node.Place, "name", MappingMessages.NameSides);
        foreach (var part in parts.Where(part => part.Name.Length > 0 && !Names.Contains(part.Name, StringComparer.Ordinal)))
            site.Problems.Add(part.Place, "unknown-value", MappingMessages.UnknownPart(part.Name, Names), value: part.Name);
        foreach (var part in parts.Where(part => part.IsList && part.Name != "given")) site.Problems.Add(part.Place, "type-clash", MappingMessages.OnlyGivenIsList, value: part.Name);
        if (!parts.Any(part => part.Name == "family") && site.Problems.Count == before) site.Problems.Add(site.Node.Place, "name", MappingMessages.NameSides);
        return site.Problems.Count == before;
    }

    static Func<ImmutableArray<JsonValue>, Combined> Apart(NameForm form, ImmutableArray<Part> parts) => values =>
    {
        if (values[0].StringOrNull is not { } text) return Combined.Refused("type", MappingMessages.NotText(values[0].Kind));
        var name = form.Read(text);
        var unplaced = (name.Title is not null && !Has("title")) || (!name.Given.IsEmpty && !Has("given"));
        if (unplaced || name.Family is null || form.Write(name) != text) return Combined.Refused("name", MappingMessages.NameUnread(form.Write(name)));
        return new Combined([.. parts.Select(part => Value(name, part))]);

        bool Has(string part) => parts.Any(one => one.Name == part);
    };

    static JsonValue Value(NameParts name, Part part) => part.Name switch
    {
        "title" => name.Title,
        "family" => name.Family,
        _ when name.Given.IsEmpty => JsonValue.Null,
        _ => part.IsList ? JsonValue.Of(name.Given.Select(one => JsonValue.Of(one))) : string.Join(' ', name.Given),
    };

    static Func<ImmutableArray<JsonValue>, Combined> Together(NameForm form, ImmutableArray<Part> parts, bool lossIsAccepted) => values =>
    {
        for (var at = 0; at < parts.Length; at++)
        {
            var items = values[at].Kind == JsonKind.Array ? values[at].Items : [values[at]];
            if (items.FirstOrDefault(item => !item.IsNull && item.StringOrNull is null) is { IsNull: false } wrong) return Combined.Refused("type", MappingMessages.NotText(wrong.Kind), at);
        }

        var name = new NameParts(One("title"), [.. Items("given")], One("family"));
        var written = form.Write(name);
        var back = form.Read(written);
        var same = back.Title == name.Title && back.Family == name.Family && back.Given.SequenceEqual(name.Given, StringComparer.Ordinal);
        return same || lossIsAccepted ? new Combined([JsonValue.Of(written)]) : Combined.Refused("name", MappingMessages.NameChanged(written), Math.Max(0, At("family")));

        int At(string part) => parts.ToList().FindIndex(one => one.Name == part);
        string? One(string part) => At(part) is >= 0 and var at ? values[at].StringOrNull : null;
        IEnumerable<string> Items(string part) => At(part) is not (>= 0 and var at) ? []
            : values[at].Kind == JsonKind.Array ? values[at].Items.Select(item => item.StringOrNull ?? "") : values[at].StringOrNull?.Split(' ') ?? [];
    };
}
