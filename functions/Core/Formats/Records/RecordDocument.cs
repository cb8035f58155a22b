using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>A whole document of a format that is read record by record.</summary>
static class RecordDocument
{
    /// <summary>The document that the records make: each in its member, or the one that is the document.</summary>
    /// <param name="document">The bytes.</param>
    /// <param name="reader">A reader for them.</param>
    /// <param name="members">The members of the document in their order, and whether they are lists, which are there even if empty; none where the one record is the document.</param>
    /// <param name="limits">The limits of the document.</param>
    public static Outcome<JsonValue> Read(ReadOnlySpan<byte> document, RecordReader reader, IReadOnlyList<(string Name, bool IsList)> members, FormatLimits limits)
    {
        if (document.Length > limits.MaxBytes) return new Problem("too-large", FormatMessages.DocumentTooLarge(document.Length, limits.MaxBytes));
        var problems = new ProblemList();
        var values = members.Select(member => member.Name).Append("").ToDictionary(name => name, _ => new List<JsonValue>(), StringComparer.Ordinal);
        foreach (var record in reader.Feed(document).AddRange(reader.End()))
        {
            var known = values[record.Member];
            var isList = members.Any(member => member.Name == record.Member && member.IsList);
            var path = record.Member.Length == 0 ? "" : $"/{JsonPointer.Escape(record.Member)}{(isList ? $"/{known.Count.ToString(CultureInfo.InvariantCulture)}" : "")}";
            problems.AddRange(record.Value.Problems.Select(problem => problem with { Path = path + problem.Path }));
            known.Add(record.Value.Succeeded ? record.Value.Value : JsonValue.Null);
        }

        if (!problems.IsEmpty) return problems.ToImmutable();
        if (members.Count == 0) return values[""] is [var only] ? only : new Problem("one-record", FormatMessages.OneRecord(values[""].Count));
        return JsonValue.Of(members.Where(member => member.IsList || values[member.Name].Count > 0)
            .Select(member => KeyValuePair.Create(member.Name, member.IsList ? JsonValue.Of(values[member.Name]) : values[member.Name][0])));
    }

    /// <summary>The bytes of a document.</summary>
    /// <param name="records">Its records, each with its path in the document.</param>
    /// <param name="writer">A writer for them.</param>
    public static Outcome<byte[]> Write(IEnumerable<(string Member, string Path, JsonValue Record)> records, RecordWriter writer)
    {
        var problems = new ProblemList();
        using var bytes = new MemoryStream();
        bytes.Write(writer.Begin());
        foreach (var (member, path, record) in records)
        {
            var written = writer.Write(member, record);
            problems.AddRange(written.Problems.Select(problem => problem with { Path = path + problem.Path }));
            if (written.Succeeded) bytes.Write(written.Value);
        }

        bytes.Write(writer.End());
        return problems.Or(bytes.ToArray);
    }
}
