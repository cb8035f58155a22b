using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>JSON needs no shape. What is written can be read by whoever has our limits.</summary>
static class JsonFormat
{
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, Shape? shape, FormatLimits limits) =>
        JsonValue.Parse(document, new JsonLimits(limits.MaxBytes, limits.MaxDepth));

    public static Outcome<byte[]> Write(JsonValue value, Shape? shape)
    {
        var problems = new ProblemList();
        Check(value, "", FormatLimits.Message.MaxDepth, problems);
        return problems.Or(value.ToUtf8);
    }

    public static Outcome<RecordReader> Records(Shape? shape, string? path, RecordLimits limits)
    {
        if (path is null) return new JsonLineReader(limits);
        return Names(path).Then<RecordReader>(names => new JsonListReader(names, limits));
    }

    public static Outcome<RecordWriter> WriteRecords(Shape? shape, string? path)
    {
        if (path is null) return new JsonRecordWriter(null);
        return Names(path).Then<RecordWriter>(names => new JsonRecordWriter(names));
    }

    static Outcome<ImmutableArray<string>> Names(string path)
    {
        if (JsonPointer.Segments(path) is not { } names) return new Problem("path", FormatMessages.NotAPath(path), Value: Problem.Preview(path));
        return names;
    }

    static void Check(JsonValue value, string path, int depthLeft, ProblemList problems)
    {
        if (value.StringOrNull is { } text) CheckText(text, path, problems);
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return;
        if (depthLeft == 0)
        {
            problems.Add(null, "too-deep", $"The value is nested too deeply for a message: at most {FormatLimits.Message.MaxDepth} lists and objects may stand within each other.", path);
            return;
        }

        if (value.Kind == JsonKind.Array)
        {
            foreach (var (index, item) in value.Items.Index()) Check(item, $"{path}/{index.ToString(CultureInfo.InvariantCulture)}", depthLeft - 1, problems);
            return;
        }

        foreach (var (name, member) in value.Members)
        {
            var below = $"{path}/{JsonPointer.Escape(name)}";
            CheckText(name, below, problems);
            Check(member, below, depthLeft - 1, problems);
        }
    }

    static void CheckText(string text, string path, ProblemList problems)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else
            {
                problems.Add(null, "character", $"The text holds half of a character, U+{(int)text[i]:X4}. Write it whole or take it out.", path);
                return;
            }
        }
    }
}
