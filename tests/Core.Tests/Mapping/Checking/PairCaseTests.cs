using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>
/// cases/pairs.yaml: a <c>sender</c> and a <c>receiver</c> over one <c>canonical</c> record, the <c>verdict</c>, the places <c>lost</c> whole, the lines on what is learnt in <c>part</c> and how many places
/// come back different (<c>returned</c>; not asked if absent). With <c>direction: in</c> the sender goes in alone.
/// </summary>
public sealed class PairCaseTests
{
    const string File = "../Checking/cases/pairs.yaml";

    public static TheoryData<string> Names => Given.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_receiver_learns_is_said_exactly(string name)
    {
        var (given, composed) = Composed(name);
        Assert.Equal(((SourceScalar)given["verdict"]!).Text, composed.Verdict);
        Assert.Equal(Texts(given["lost"]), composed.Lost.Select(lost => lost.Path));
        Assert.Equal(string.Join('\n', Texts(given["part"])), string.Join('\n', PairText.Lines(composed).Select(line => line.Trim()).Where(line => line.StartsWith("learns ", StringComparison.Ordinal))));
        if (given["returned"] is SourceScalar returned) Assert.Equal(returned.Text, $"{composed.Returned!.Different.Length}");
        Assert.Equal(JsonValue.Of(composed.Losing), ReportJson.Of(composed)["losing"]);
    }

    /// <summary>Values that are said to arrive as the same do; what is said to be refused is.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_shown_of_a_part_is_so(string name)
    {
        var composed = Composed(name).Composed;
        foreach (var part in composed.InPart.Where(part => JsonPointer.Find(part.Document, "/" + part.Path) is not null || part.Problem is not null))
        {
            var arrived = part.Values.Select(value => Arrives(composed, value.IsNull ? SampleEdit.Without(part.Document, "/" + part.Path) : JsonPointer.Replace(part.Document, "/" + part.Path, value))).ToList();
            if (part.Problem is { } problem) Assert.Contains(arrived[0].Problems, one => one.Rule == problem.Rule);
            else Assert.Single(arrived.Select(one => one.Value).Distinct());
        }
    }

    static MappingResult Arrives(Composition composed, JsonValue document) => composed.To.Interpret(composed.From.Interpret(document, MappingDirection.In).Value, MappingDirection.Out);

    static (SourceMap Given, Composition Composed) Composed(string name)
    {
        var given = Given.Case(File, name);
        return (given, Composition.Of(Side(given, "sender", (given["direction"] as SourceScalar)?.Text ?? "both"), Side(given, "receiver", "both")));
    }

    static MappingDefinition Side(SourceMap given, string side, string direction)
    {
        var of = (SourceMap)given[side]!;
        return Given.Fields(direction, of["fields"]!, of["source"]!, given["canonical"]!, of["codes"]);
    }

    static IEnumerable<string> Texts(SourceNode? list) => list is null ? [] : list.ToJson().Items.Select(item => item.AsString());
}
