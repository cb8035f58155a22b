using System.Collections.Immutable;
using System.Text;
using Interop.Core.Sources;
using NodaTime.Text;

namespace Interop.Core.Mapping;

static class CodeListReader
{
    const int MaxRows = 100_000;
    static readonly string[] Columns = ["source", "canonical", "title", "one-way", "reason"];

    public static CodeTable Yaml(string text, string file, ProblemList problems)
    {
        var root = SourceReader.Read(text, file);
        if (!root.Succeeded)
        {
            problems.AddRange(root.Problems);
            return new CodeTable("", "", null, null, []);
        }

        var fields = SourceFields.Of(root.Value, problems);
        var name = fields.RequiredText("code-list");
        var version = fields.RequiredText("version");
        if (version.Length > 0 && SemanticVersion.Parse(version) is null) problems.Add(fields.Map["version"]?.Place, "version", MappingMessages.Version, value: version);
        var title = fields.Text("title");
        var from = From(fields);
        fields.Required("codes");
        var rows = fields.List("codes").Select(node => YamlRow(node, problems)).ToImmutableArray();
        fields.RefuseOthers();
        return new CodeTable(name, version, title, from, rows);
    }

    /// <summary>The day from which a definition applies; null if it does not say, or after a problem.</summary>
    public static string? From(SourceFields fields)
    {
        if (fields.Text("from") is not { } from) return null;
        if (LocalDatePattern.Iso.Parse(from).Success) return from;
        fields.Problems.Add(fields.Map["from"]!.Place, "date", MappingMessages.From, value: from);
        return null;
    }

    static CodeRow YamlRow(SourceNode node, ProblemList problems)
    {
        var fields = SourceFields.Of(node, problems);
        var row = Row(node.Place, fields.RequiredText("source"), fields.RequiredText("canonical"), fields.Text("title"), fields.OptionalOneOf("one-way", "in", "out"), fields.Optional("reason") is null ? null : fields.Sentence("reason"));
        fields.RefuseOthers();
        return row;
    }

    static CodeRow Row(Place place, string source, string canonical, string? title, string? oneWay, string? reason) =>
        new(place, new Code(source, canonical, title, oneWay switch { "in" => MappingDirection.In, "out" => MappingDirection.Out, _ => MappingDirection.Both }) { Reason = reason });

    public static CodeTable Csv(string text, string file, ProblemList problems)
    {
        var (name, version, from) = FileName(file, problems);
        var records = Records(text, file, problems);
        var rows = ImmutableArray.CreateBuilder<CodeRow>();
        if (records.Count == 0 || records[0].Cells.Count < 2 || !Columns.Take(records[0].Cells.Count).SequenceEqual(records[0].Cells, StringComparer.Ordinal))
        {
            problems.Add(new Place(file, 1, 1), "header", MappingMessages.CsvHeader);
            return new CodeTable(name, version, null, from, []);
        }

        foreach (var (line, cells) in records.Skip(1))
        {
            var place = new Place(file, line, 1);
            if (cells.Count != records[0].Cells.Count)
            {
                problems.Add(place, "columns", MappingMessages.CsvColumns(cells.Count, records[0].Cells.Count));
                continue;
            }

            var oneWay = cells.Count > 3 ? cells[3] : "";
            if (oneWay is not ("" or "in" or "out")) problems.Add(place, "unknown-value", MappingMessages.OneWay, value: oneWay);
            if (cells[0].Length == 0 || cells[1].Length == 0) problems.Add(place, "required", MappingMessages.CsvEmpty);
            else rows.Add(Row(place, cells[0], cells[1], Cell(cells, 2), oneWay, Cell(cells, 4)));
        }

        return new CodeTable(name, version, null, from, rows.ToImmutable());
    }

    static string? Cell(List<string> cells, int at) => cells.Count > at && cells[at].Length > 0 ? cells[at] : null;

    // A table has no room for more: name@version@day.csv, the last two as they are needed.
    static (string Name, string Version, string? From) FileName(string file, ProblemList problems)
    {
        var parts = file[(file.LastIndexOfAny(['/', '\\']) + 1)..^".csv".Length].Split('@');
        if (parts.Length > 1 && SemanticVersion.Parse(parts[1]) is null) problems.Add(new Place(file, 1, 1), "version", MappingMessages.Version, value: parts[1]);
        if (parts.Length > 2 && !LocalDatePattern.Iso.Parse(parts[2]).Success) problems.Add(new Place(file, 1, 1), "date", MappingMessages.From, value: parts[2]);
        return (parts[0], parts.Length > 1 ? parts[1] : "0.0.0", parts.Length > 2 ? parts[2] : null);
    }

    // RFC 4180: a quoted cell may hold commas, line ends and doubled quotation marks.
    static List<(int Line, List<string> Cells)> Records(string text, string file, ProblemList problems)
    {
        var records = new List<(int, List<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, firstLine, quoted) = (1, 1, false);
        for (var at = 0; at < text.Length && records.Count <= MaxRows; at++)
        {
            var here = text[at];
            if (here == '\n') line++;
            if (quoted && here == '"' && at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
            else if (here == '"') quoted = !quoted;
            else if (quoted || here is not (',' or '\r' or '\n')) cell.Append(here);
            else if (here == ',') EndCell();
            else if (here == '\n') EndRecord();
        }

        if (quoted) problems.Add(new Place(file, firstLine, 1), "quotes", MappingMessages.CsvQuotes);
        else EndRecord();
        return records;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void EndRecord()
        {
            EndCell();
            if (cells.Count > 1 || cells[0].Length > 0) records.Add((firstLine, cells));
            (cells, firstLine) = ([], line);
        }
    }
}
