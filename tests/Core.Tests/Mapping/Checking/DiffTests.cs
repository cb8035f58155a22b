using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>
/// cases/diff.yaml: two versions of a small mapping (<c>before</c>, <c>after</c>, over one format or a <c>newer-source</c>, with the rows of the code list <c>list</c> as <c>codes</c> and
/// <c>newer</c>), and all that is said of them: <c>way: sentence</c>.
/// </summary>
public sealed class DiffTests
{
    const string File = "../Checking/cases/diff.yaml";

    public static TheoryData<string> Names => Given.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_change_for_data_is_said_and_nothing_else(string name)
    {
        var (given, before, after) = Versions(name);
        Assert.Equal(given["changes"]!.ToJson().Items.Select(one => one.AsString()), MappingDiff.Of(before, after).Select(change => PairText.Lines(change).First()));
    }

    /// <summary>What is shown of a change is what both versions make of the document.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_that_is_shown_becomes_what_is_said(string name)
    {
        var (_, before, after) = Versions(name);
        foreach (var change in MappingDiff.Of(before, after).Where(change => change.Document is not null))
        {
            Assert.NotEqual(change.Before, change.After);
            Assert.NotEqual(before.Interpret(change.Document!.Value, change.Way).Value, after.Interpret(change.Document.Value, change.Way).Value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_one_version_nothing_is_said(string name) => Assert.Empty(MappingDiff.Of(Versions(name).Before, Versions(name).Before));

    static (SourceMap Given, MappingDefinition Before, MappingDefinition After) Versions(string name)
    {
        var given = Given.Case(File, name);
        return (given, Version(given, "before", given["source"]!, given["codes"]), Version(given, "after", given["newer-source"] ?? given["source"]!, given["newer"] ?? given["codes"]));
    }

    static MappingDefinition Version(SourceMap given, string fields, SourceNode source, SourceNode? codes) =>
        Given.Fields((given["direction"] as SourceScalar)?.Text ?? "both", given[fields]!, source, given["canonical"]!, codes);
}
