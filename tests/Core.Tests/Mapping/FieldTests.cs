using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping;

/// <summary>
/// Cases/fields.yaml: a definition's fields between two schemas (in the shorthand of <see cref="Given"/>), and messages: <c>source</c> and <c>canonical</c> become each other in the
/// directions of the definition (<c>way</c> names one only); with <c>problems</c> (<c>rule pointer</c>) those are found, no more and no fewer.
/// </summary>
public sealed class FieldTests
{
    const string File = "fields.yaml";

    public static TheoryData<string> Names => Given.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_translates(string name)
    {
        var given = Given.Case(File, name);
        var loaded = Given.Definition(Given.Head(Text(given, "direction") ?? "both") + Indented(Text(given, "fields")!), given["source"]!, given["canonical"]!);
        Assert.True(loaded.Succeeded, string.Join("\n", loaded.Problems));
        foreach (var message in ((SourceList)given["messages"]!).Items.Cast<SourceMap>())
        {
            foreach (var way in Ways(message, loaded.Value.Direction)) Check(loaded.Value, message.ToJson(), way, $"{message.Place} {way}");
        }
    }

    static void Check(MappingDefinition definition, JsonValue message, MappingDirection way, string label)
    {
        var (from, to) = way == MappingDirection.In ? ("source", "canonical") : ("canonical", "source");
        var result = definition.Translate(message[from], way);
        var found = result.Problems.Select(problem => $"{problem.Rule} {problem.Path}");
        Assert.True(message["problems"].Items.Select(one => one.AsString()).SequenceEqual(found, StringComparer.Ordinal), $"{label}: {string.Join("\n", result.Problems)}");
        if (message.TryGet(to, out var wanted)) Assert.True(wanted.ToString() == result.Value.ToString(), $"{label}: {result.Value}");
    }

    static IEnumerable<MappingDirection> Ways(SourceMap message, MappingDirection definition) => Text(message, "way") switch
    {
        "in" => [MappingDirection.In],
        "out" => [MappingDirection.Out],
        _ => new[] { MappingDirection.In, MappingDirection.Out }.Where(way => definition.HasFlag(way)),
    };

    static string? Text(SourceMap map, string name) => (map[name] as SourceScalar)?.Text;

    static string Indented(string fields) => string.Join('\n', fields.Split('\n').Select(line => "  " + line));
}
