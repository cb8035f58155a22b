using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What a field says of one place that it writes in one direction, so that two versions can be compared: what means nothing for data is left out, as is the field's position.</summary>
/// <param name="Kind">What kind of field it is.</param>
/// <param name="Origin">What it writes.</param>
/// <param name="Converter">How that is converted.</param>
/// <param name="Program">The program that computes it.</param>
/// <param name="Conditions">When it counts.</param>
/// <param name="IsLossy">Whether a conversion may lose something.</param>
sealed record FieldLine(string Kind, string Origin, string Converter, string Program, string Conditions, bool IsLossy)
{
    public const string Standing = "default";

    public static FieldLine Of(FieldFact fact, MappingDirection way)
    {
        var converter = ConverterOf(fact);
        return new FieldLine(
            KindOf(fact.Syntax), OriginOf(fact, way), converter, fact.Syntax is FieldSyntax.Compute compute ? string.Join(' ', compute.Program.Text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)) : "", ConditionsOf(fact, way),
            converter.Length > 0 && fact.Syntax.Loss is not null);
    }

    static string KindOf(FieldSyntax syntax) => syntax switch
    {
        FieldSyntax.Constant => "constant",
        FieldSyntax.Default => Standing,
        FieldSyntax.Compute => "compute",
        FieldSyntax.Identity => "identity",
        FieldSyntax.Each => "each",
        _ => "copy",
    };

    static string OriginOf(FieldFact fact, MappingDirection way) => fact.Syntax switch
    {
        FieldSyntax.Constant constant => $"the constant {Sorted(constant.Value.ToJson())}",
        FieldSyntax.Default standing => Sorted(standing.Value.ToJson()).ToString(),
        FieldSyntax.Compute => "a program",
        FieldSyntax.Identity made => $"an id that is made for \"{made.Of.Path.Text}\"",
        FieldSyntax.Combined combined => string.Join(
            " and ", (FieldFact.From(way) == Side.Source ? combined.Source : combined.Canonical).Select((part, at) => (part.Name, fact[FieldFact.From(way)][at].Path)).OrderBy(part => part.Name, StringComparer.Ordinal).Select(part => part.Name.Length == 0 ? $"\"{part.Path}\"" : $"\"{part.Path}\" ({part.Name})")),
        _ => string.Join(" and ", fact[FieldFact.From(way)].Select(place => $"\"{place.Path}\"")),
    };

    // Of several parts it counts which of them the place is.
    static string ConverterOf(FieldFact fact) => fact.Syntax switch
    {
        FieldSyntax.Copy copy => $"{Named(copy.Converter)}{(copy.List is null ? "" : $" list: {(copy.List.Separator is { } separator ? $"\"{separator}\"" : "one")}")}".Trim(),
        FieldSyntax.Parts parts => $"{(parts.WholeSide == Side.Source ? "split" : "join")}: \"{parts.Separator}\" {Named(parts.Converter)}".Trim(),
        FieldSyntax.Combined combined => $"{Named(combined.Kind)} {string.Join(" and ", combined.Source.Concat(combined.Canonical).Select(part => part.Name).Where(name => name.Length > 0).Order(StringComparer.Ordinal))}".Trim(),
        FieldSyntax.Each { Key: { } key } => $"key: {key.Path.Path.Text} {Named(key.Converter)}".Trim(),
        _ => "",
    };

    static string Named(ConverterSyntax? converter) => converter is null ? "" : $"{converter.Name}: {Sorted(converter.Node.ToJson())}";

    static string ConditionsOf(FieldFact fact, MappingDirection way) => string.Join(" and ", fact.Tests.Where(test => test.Place.Side == FieldFact.From(way)).Select(Said).Order(StringComparer.Ordinal));

    static string Said(FieldTest test) => $"\"{test.Place.Path}\" {Words(test.Kind)}{(test.Values.IsEmpty ? "" : $" {string.Join(" or ", test.Values.Select(value => value.ToString()).Order(StringComparer.Ordinal))}")}";

    static string Words(ConditionKind kind) => kind switch
    {
        ConditionKind.Is => "is",
        ConditionKind.Not => "is not",
        ConditionKind.Present => "is there",
        _ => "is absent",
    };

    // The order of members, in YAML, means nothing.
    static JsonValue Sorted(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => JsonValue.Of(value.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonKind.Array => JsonValue.Of(value.Items.Select(Sorted)),
        _ => value,
    };

    /// <summary>The fields of one place in two versions, side by side: those that say the same, then those of one kind and origin, then those of one kind.</summary>
    public static IEnumerable<(T? Before, T? After)> Beside<T>(IEnumerable<(FieldLine Line, T Of)> before, IEnumerable<(FieldLine Line, T Of)> after)
        where T : class
    {
        var (old, now) = (before.ToList(), after.ToList());
        foreach (var same in new Func<FieldLine, FieldLine, bool>[] { (one, other) => one == other, (one, other) => one.Kind == other.Kind && one.Origin == other.Origin, (one, other) => one.Kind == other.Kind, (one, other) => one.Kind != Standing && other.Kind != Standing })
        {
            foreach (var one in old.ToList())
            {
                var at = now.FindIndex(other => same(one.Line, other.Line));
                if (at < 0) continue;
                yield return (one.Of, now[at].Of);
                now.RemoveAt(at);
                old.Remove(one);
            }
        }

        foreach (var one in old) yield return (one.Of, null);
        foreach (var one in now) yield return (null, one.Of);
    }
}
