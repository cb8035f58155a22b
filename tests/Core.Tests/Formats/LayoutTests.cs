using System.Text;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using Interop.Core.Tests.Mapping;

namespace Interop.Core.Tests.Formats;

/// <summary>Cases/csv.yaml and fixed-width.yaml: documents read and written; Cases/layouts.yaml: schemas that lay out a format badly.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string, string> Documents()
    {
        var data = new TheoryData<string, string>();
        foreach (var format in new[] { "csv", "fixed-width" })
            foreach (var one in Cases(format)) data.Add(format, one["case"].AsString());
        return data;
    }

    public static TheoryData<string> Layouts => new(((SourceList)Root("layouts.yaml")).Items.Select(one => one.ToJson()["case"].AsString()));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_read_and_written_by_its_schema(string format, string name)
    {
        var given = Cases(format).Single(one => one["case"] == name);
        var shape = ShapeOf(format, given["schema"].AsString());
        if (given.TryGet("write", out var bad))
        {
            Assert.Equal(Texts(given["unwritable"]), Format.All[format].Write(bad, shape).Problems.Select(problem => $"{problem.Rule} {problem.Path}"));
            return;
        }

        var read = Format.All[format].Read(Bytes(given, "document", "bytes")!, shape);
        Assert.Equal(Texts(given["problems"]), read.Problems.Select(problem => $"{problem.Rule} {problem.Path} {problem.Offset}"));
        if (given["says"].StringOrNull is { } says) Assert.Contains(read.Problems, problem => problem.Message.Contains(says, StringComparison.Ordinal));
        if (!read.Succeeded) return;
        Assert.Equal(given["value"].ToIndentedString(), read.Value.ToIndentedString());
        var written = Format.All[format].Write(read.Value, shape);
        Assert.Equal(Texts(given["unwritable"]), written.Problems.Select(problem => $"{problem.Rule} {problem.Path}"));
        if (written.Succeeded) Assert.Equal(Encoding.Latin1.GetString(Bytes(given, "written", "written-bytes") ?? Bytes(given, "document", "bytes")!), Encoding.Latin1.GetString(written.Value));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_bad_layout_is_refused_with_every_place(string name)
    {
        var given = ((SourceList)Root("layouts.yaml")).Items.Select(one => one.ToJson()).Single(one => one["case"] == name);
        var loaded = Schema.Load(SourceReader.Read(given["schema"].AsString(), "source.schema.yaml").Value);
        var found = loaded.Succeeded ? Format.All[given["format"].AsString()].Check(loaded.Value.Shape) : loaded.Problems;
        var places = found.OrderBy(problem => problem.Place!.Line).ThenBy(problem => problem.Place!.Column).Select(problem => $"{problem.Place!.Line}:{problem.Place.Column} {problem.Rule}").ToList();
        Assert.True(Texts(given["problems"]).SequenceEqual(places, StringComparer.Ordinal), $"{string.Join(", ", places)}\n{string.Join("\n", found)}");
        Assert.All(found, problem => Assert.Equal("source.schema.yaml", problem.Place!.File));
    }

    internal static Shape ShapeOf(string format, string name) => Schema.Load(((SourceMap)((SourceMap)Root($"{format}.yaml"))["schemas"]!)[name]!).Value.Shape;

    internal static IReadOnlyList<JsonValue> Cases(string format) => Root($"{format}.yaml").ToJson()["cases"].Items;

    internal static byte[]? Bytes(JsonValue given, string text, string base64) =>
        given[text].StringOrNull is { } document ? Encoding.UTF8.GetBytes(document) : given[base64].StringOrNull is { } bytes ? Convert.FromBase64String(bytes) : null;

    static IEnumerable<string> Texts(JsonValue list) => list.Items.Select(item => item.AsString());

    static SourceNode Root(string file) =>
        SourceReader.Read(File.ReadAllText(Path.Combine(Repository.Mappings, "..", "tests", "Core.Tests", "Formats", "Cases", file)), file).Value;
}
