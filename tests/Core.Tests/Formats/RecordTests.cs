using System.Text;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using Interop.Core.Tests.Mapping;

namespace Interop.Core.Tests.Formats;

/// <summary>Cases/records.yaml: files read record by record, in pieces of any size.</summary>
public sealed class RecordTests
{
    internal static IReadOnlyList<JsonValue> Cases { get; } = SourceReader.Read(
        File.ReadAllText(Path.Combine(Repository.Mappings, "..", "tests", "Core.Tests", "Formats", "Cases", "records.yaml")), "records.yaml").Value.ToJson().Items;

    public static TheoryData<string, int> Pieces()
    {
        var data = new TheoryData<string, int>();
        foreach (var one in Cases)
            foreach (var bytes in new[] { 1, 2, 7, 1_000 }) data.Add(one["case"].AsString(), bytes);
        return data;
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_file_is_read_record_by_record(string name, int pieceBytes)
    {
        var given = Cases.Single(one => one["case"] == name);
        var (format, shape, path) = (Format.All[given["format"].AsString()], ShapeOf(given), given["path"].StringOrNull);
        var records = Read(format.Records(shape, path).Value, LayoutTests.Bytes(given, "document", "bytes")!, pieceBytes);
        Assert.Equal(given["records"].Items.Select(Wanted), records.Select(Found));
        Assert.Equal(Enumerable.Range(1, records.Count).Select(number => (long)number), records.Select(record => record.Number));
        if (!records.TrueForAll(record => record.Value.Succeeded)) return;

        var writer = format.WriteRecords(shape, path).Value;
        byte[] written = [.. writer.Begin(), .. records.SelectMany(record => writer.Write(record.Member, record.Value.Value).Value), .. writer.End()];
        Assert.Equal(records.Select(record => record.Value.Value.ToString()), Read(format.Records(shape, path).Value, written, pieceBytes).Select(record => record.Value.Value.ToString()));
    }

    [Theory]
    [InlineData("csv", null, "a\r\n", "rows")]
    [InlineData("json", "", "1,", "")]
    [InlineData("json", null, "1\n", "")]
    [InlineData("xml", "/a/b", "<b>1</b>", "")]
    public void Limits_of_a_file_end_it_and_a_record_that_is_too_large_does_not(string format, string? path, string one, string member)
    {
        var shape = format == "csv" ? LayoutTests.ShapeOf("csv", "one-column") : null;
        var before = path is null ? "" : format == "json" ? "[" : "<a>";
        var bytes = Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(one, 5)));

        Assert.Equal(["", "", "", "too-many"], Rules(Limited(100, 10_000, 3), bytes));
        Assert.Equal("too-large", Rules(Limited(100, bytes.Length - 1, 100), bytes)[^1]);

        var large = new string('1', 200);
        var mixed = Encoding.UTF8.GetBytes(before + one + one.Replace("1", large, StringComparison.Ordinal).Replace("a", large, StringComparison.Ordinal) + one);
        Assert.Equal(["", "too-large", ""], Rules(Limited(100, 10_000, 100), mixed).Take(3));

        RecordReader Limited(int recordBytes, long fileBytes, long records) => Format.All[format].Records(shape, path, new RecordLimits(new FormatLimits(recordBytes, 64), fileBytes, records)).Value;
        List<string> Rules(RecordReader reader, byte[] file) =>
            [.. Read(reader, file, 10).Select(record => record.Value.Succeeded ? record.Member == member ? "" : record.Member : record.Value.Problems[0].Rule)];
    }

    [Theory]
    [InlineData("csv", "/rows")]
    [InlineData("json", "rows")]
    [InlineData("xml", null)]
    [InlineData("xml", "/Attendance")]
    [InlineData("xml", "/Attendance/@id/x")]
    [InlineData("xml", "/Attendance/no such/x")]
    public void A_path_that_leads_nowhere_is_a_problem(string format, string? path)
    {
        var shape = format == "csv" ? LayoutTests.ShapeOf("csv", "items") : XmlReadTests.AttendanceShape;
        Assert.Equal("path", Assert.Single(Format.All[format].Records(shape, path).Problems).Rule);
        Assert.Equal("path", Assert.Single(Format.All[format].WriteRecords(shape, path).Problems).Rule);
    }

    [Fact]
    public void An_unclosed_quote_takes_no_more_than_a_record_may_have()
    {
        var limits = new RecordLimits(new FormatLimits(1_000, 64), 1 << 20, 1_000);
        var file = Encoding.UTF8.GetBytes($"a\r\n\"b\r\n{string.Concat(Enumerable.Repeat("c\r\n", 1_000))}");
        var records = Read(Format.All["csv"].Records(LayoutTests.ShapeOf("csv", "one-column"), null, limits).Value, file, 64);
        Assert.Equal("too-large", records[1].Value.Problems.Single().Rule);
        Assert.InRange(records.Count, 500, 700);
        Assert.All(records.Skip(2), record => Assert.Equal("""{"a":"c"}""", record.Value.Value.ToString()));
    }

    internal static List<FormatRecord> Read(RecordReader reader, byte[] file, int pieceBytes)
    {
        var records = new List<FormatRecord>();
        foreach (var piece in file.Chunk(pieceBytes)) records.AddRange(reader.Feed(piece));
        records.AddRange(reader.End());
        return records;
    }

    internal static Shape? ShapeOf(JsonValue given) =>
        given["schema"].StringOrNull is { } name ? LayoutTests.ShapeOf(given["format"].AsString(), name)
        : given["shape"].StringOrNull switch { "Attendance" => XmlReadTests.AttendanceShape, "Case" => XmlReadTests.CaseShape, _ => null };

    static string Wanted(JsonValue record) =>
        $"{record["member"].StringOrNull} {record["offset"]} {(record.TryGet("problems", out var problems) ? string.Join(", ", problems.Items.Select(one => one.AsString())) : record["value"].ToString())}";

    static string Found(FormatRecord record) =>
        $"{record.Member} {record.Offset} {(record.Value.Succeeded ? record.Value.Value.ToString() : string.Join(", ", record.Value.Problems.Select(problem => $"{problem.Rule} {problem.Path} {problem.Place!.Line}:{problem.Place.Column} {problem.Offset}")))}";
}
