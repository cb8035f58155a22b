using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping;

/// <summary>Cases/load.yaml: a definition that is wrong, and every problem as <c>line:column rule</c>. Line 1 is the first line of <c>text</c>; <c>fields</c> begin in line 8.</summary>
public sealed class LoadTests
{
    const string File = "load.yaml";

    public static TheoryData<string> Names => Given.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_definition_is_refused_with_every_place(string name)
    {
        var given = Given.Case(File, name);
        var text = (given["text"] as SourceScalar)?.Text
            ?? Given.Head((given["direction"] as SourceScalar)?.Text ?? "both") + string.Join('\n', ((SourceScalar)given["fields"]!).Text.Split('\n').Select(line => "  " + line));
        var loaded = Given.Definition(text, given["source"]!, given["canonical"]!);

        var wanted = given["problems"]!.ToJson().Items.Select(one => one.AsString());
        var found = loaded.Problems.Select(problem => $"{problem.Place!.Line}:{problem.Place.Column} {problem.Rule}");
        Assert.True(wanted.SequenceEqual(found, StringComparer.Ordinal), $"{string.Join(", ", found)}\n{string.Join("\n", loaded.Problems)}");
        Assert.All(loaded.Problems, problem => Assert.Equal("mapping.yaml", problem.Place!.File));
        if (given["says"] is SourceScalar says) Assert.Contains(loaded.Problems, problem => problem.Message.Contains(says.Text, StringComparison.Ordinal));
    }
}
