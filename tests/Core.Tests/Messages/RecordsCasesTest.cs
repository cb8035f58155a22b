using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Sources;
using Interop.Core.Tests.Clocks;

namespace Interop.Core.Tests.Messages;

public sealed class RecordsCasesTest
{
    static readonly JsonValue Cases = SourceReader.Read(
        File.ReadAllText(Path.Combine(ClockData.Folder("tests"), "Core.Tests", "Messages", "records-cases.yaml")), "records-cases.yaml").Value.ToJson();

    public static TheoryData<string> Names() => [.. Cases.Items.Select(item => item["case"].AsString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Merges_as_the_case_says(string name)
    {
        var data = Cases.Items.Single(item => item["case"].AsString() == name);
        var merged = JsonValue.Null;
        foreach (var record in data["records"].Items)
        {
            var (type, value) = record.Members.Single();
            merged = Records.Merge(merged, type, value);
        }

        foreach (var (member, wanted) in data["gives"].Members) Assert.Equal(wanted.ToIndentedString(), merged[member].ToIndentedString());
    }

    [Fact]
    public void An_unknown_record_type_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(() => Records.Merge(JsonValue.Null, "occurrence", JsonValue.EmptyObject));
}
