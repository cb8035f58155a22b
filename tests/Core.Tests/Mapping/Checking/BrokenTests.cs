using Interop.Core.Canonical;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>cases/broken.yaml: a mapping that does not load, and what is told of it: its errors, and what does not only follow from them, as <c>rule path</c>.</summary>
public sealed class BrokenTests
{
    const string File = "../Checking/cases/broken.yaml";

    public static TheoryData<string> Names => Given.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_only_follows_from_an_error_is_not_told(string name)
    {
        var given = Given.Case(File, name);
        var root = SourceReader.Read(Given.Head("both") + Indented(given["fields"]) + (given["losses"] is { } losses ? $"\nlosses:\n{Indented(losses)}" : ""), "mapping.yaml").Value;
        var context = new MappingContext(CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["record"] = Given.SchemaOf(given["canonical"]!) }), Given.SchemaOf(given["source"]!), Given.CodeLists) { Unloaded = given["unloaded"]?.ToJson() is { } lists ? lists.Members.ToDictionary(list => list.Key, list => list.Value.AsString(), StringComparer.Ordinal) : [] };
        var findings = MappingCheck.Run(root, context).Findings;
        var found = findings.Select(finding => $"{finding.Rule} {finding.Path}{(finding.Acknowledged is null ? "" : " accepted")}");
        Assert.Equal(string.Join('\n', given["findings"]!.ToJson().Items.Select(one => one.AsString())), string.Join('\n', found));
        if (given["says"] is SourceScalar { Text: var says }) Assert.Contains(findings, finding => finding.Message.Contains(says, StringComparison.Ordinal));
    }

    static string Indented(SourceNode? fields) => string.Join('\n', ((SourceScalar)fields!).Text.Split('\n').Select(line => "  " + line));
}
