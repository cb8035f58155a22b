using Interop.Core.Sources;

namespace Interop.Core.Tests.Sources;

public sealed class SourceFieldsTests
{
    [Fact]
    public void Fields_EveryMistake_IsReportedWithPlaceAndRemedy()
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(SourceReader.Read("name: [1]\nformat: jsn\nretries: 11\nforce: yes please\nlist: x\ntags: [a, {}]\naddres: x\nzebra: 1\n", "s.yaml").Value, problems);
        fields.RequiredText("system");
        fields.RequiredText("name");
        fields.OneOf("format", "json", "xml");
        fields.Whole("retries", 3, 0, 10);
        fields.Flag("force");
        fields.List("list");
        Assert.Equal("a", Assert.Single(fields.Texts("tags")));
        fields.Text("address");
        fields.RefuseOthers();

        Assert.Equal(
            [
                "s.yaml:1:1: \"system\" is missing. Add it. [required]",
                "s.yaml:1:7: \"name\" must be a text, but a list stands here. [type]",
                "s.yaml:2:9: \"format\" must be one of json, xml. Did you mean \"json\"? [unknown-value]",
                "s.yaml:3:10: \"retries\" must be a whole number from 0 to 10. [range]",
                "s.yaml:4:8: \"force\" must be true or false. [type]",
                "s.yaml:5:7: \"list\" must be a list, but a text stands here. Begin each item with \"- \". [type]",
                "s.yaml:6:11: \"tags\" must be a text, but a mapping stands here. [type]",
                "s.yaml:7:1: \"addres\" is not known here. Did you mean \"address\"? [unknown-field]",
                "s.yaml:8:1: \"zebra\" is not known here. Known are: address, force, format, list, name, retries, system, tags. [unknown-field]",
            ],
            problems.ToImmutable().Select(problem => problem.ToString()));
    }

    [Fact]
    public void Fields_WhatIsThere_IsReadAsItIsMeant()
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(SourceReader.Read("id: 007\nflag: true\nempty:\nquoted: ''\ncount: 4.0\ninner: { a: b }\n", "s.yaml").Value, problems);
        Assert.Equal(("007", true, 4), (fields.RequiredText("id"), fields.Flag("flag"), fields.Whole("count", 1, 0, 9)));
        Assert.Null(fields.Text("empty"));
        Assert.Equal("", fields.Text("quoted"));
        Assert.Equal("b", fields.RequiredFields("inner").RequiredText("a"));
        fields.RefuseOthers();
        Assert.True(problems.IsEmpty);
    }

    [Fact]
    public void Of_NotAMapping_IsOneProblemAndNoFields()
    {
        var problems = new ProblemList();
        SourceFields.Of(SourceReader.Read("- a", "s.yaml").Value, problems).RefuseOthers();
        Assert.Equal("type", Assert.Single(problems.ToImmutable()).Rule);
    }

    [Theory]
    [InlineData("nmae", "name")]
    [InlineData("NAME", "name")]
    [InlineData("adress", "address")]
    [InlineData("refrence", "reference")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void Nearest_Word_IsWhatWasMeantOrNothing(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(word, ["reference", "address", "name"]));
}
