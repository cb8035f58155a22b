using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping;

/// <summary>
/// Cases/converters.yaml: a field's converter between two types, and lines of <c>[source, canonical]</c>. <c>both</c> holds in both directions, <c>in</c> and <c>out</c> in one;
/// instead of the result may stand <c>problem &lt;rule&gt;</c>.
/// </summary>
public sealed class ConverterTests
{
    const string File = "converters.yaml";

    public static TheoryData<string> Names => Given.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_is_converted_or_refused(string name)
    {
        var given = Given.Case(File, name);
        var definition = Given.Definition(
            Given.Head("both") + $"  - {{ source: a, canonical: b, {Text(given["converter"]!)} }}\n",
            new SourceMap(given.Place, [new SourceEntry("a", given.Place, given["source"]!)]),
            new SourceMap(given.Place, [new SourceEntry("b", given.Place, given["canonical"]!)])).Value;

        foreach (var (source, canonical) in Lines(given, "both").Concat(Lines(given, "in")))
            Check(definition.ToCanonical(JsonValue.Of(("a", source))), "b", canonical, source);
        foreach (var (source, canonical) in Lines(given, "both").Concat(Lines(given, "out")))
            Check(definition.ToSource(JsonValue.Of(("b", canonical))), "a", source, canonical);
    }

    static void Check(MappingResult result, string member, JsonValue wanted, JsonValue from)
    {
        var problem = wanted.StringOrNull is { } text && text.StartsWith("problem ", StringComparison.Ordinal) ? text["problem ".Length..] : null;
        if (problem is null)
        {
            Assert.True(result.Succeeded, $"{from}: {string.Join("\n", result.Problems)}");
            Assert.Equal(wanted.ToString(), result.Value[member].ToString());
            return;
        }

        var found = Assert.Single(result.Problems);
        Assert.Equal($"{from} {problem}", $"{from} {found.Rule}");
        Assert.StartsWith(member == "b" ? "/a" : "/b", found.Path, StringComparison.Ordinal);
        Assert.NotNull(found.Value);
        Assert.Equal(JsonValue.Null, result.Value[member]);
    }

    static IEnumerable<(JsonValue Source, JsonValue Canonical)> Lines(SourceMap given, string name) =>
        given[name] is SourceList lines ? lines.ToJson().Items.Select(line => (line[0], line[1])) : [];

    static string Text(SourceNode node) => ((SourceScalar)node).Text;
}
