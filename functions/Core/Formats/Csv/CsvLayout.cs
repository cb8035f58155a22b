using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>A column: the member it becomes, its name in the header, the types of its value.</summary>
sealed record CsvColumn(string Member, string Name, JsonTypes Types);

/// <summary>How a CSV document is laid out, by its schema: a list of records in an object's one member, or one record that is the document.</summary>
sealed class CsvLayout
{
    const int MaxColumns = 1_000;

    static readonly ConditionalWeakTable<Shape, CsvLayout> Known = [];

    CsvLayout(Shape shape)
    {
        var problems = new ProblemList();
        if (shape.Hints.Csv is not { } hint) problems.Add(shape.Place, "layout", FormatMessages.NoLayout("csv", "csv: { header: true }"));
        else (Header, Separator, Quote) = (hint.Header, (byte)hint.Separator, (byte)hint.Quote);

        var record = RecordOf(shape, problems);
        Columns = record is null ? [] : [.. record.Members.Select(member => Column(member, problems)).OfType<CsvColumn>()];
        Others = record?.Additional as ScalarShape;
        if (record is { Members.IsEmpty: true }) problems.Add(record.Place, "layout", FormatMessages.NoColumns);
        if (Columns.Length > MaxColumns) problems.Add(shape.Place, "layout", FormatMessages.TooManyColumns(MaxColumns));
        foreach (var doubled in Columns.GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
            problems.Add(record!.Member(doubled.Last().Member)!.Shape.Place, "layout", FormatMessages.DoubledColumn(doubled.Key), value: doubled.Key);
        Problems = problems.ToImmutable();
    }

    /// <summary>The member that holds the records; empty where the one record is the document.</summary>
    public string Member { get; private set; } = "";

    public ImmutableArray<CsvColumn> Columns { get; }

    /// <summary>The shape of columns that the schema does not name; null if there can be none.</summary>
    public ScalarShape? Others { get; }

    public bool Header { get; }

    public byte Separator { get; } = (byte)',';

    public byte Quote { get; } = (byte)'"';

    /// <summary>Why the schema lays out no CSV; empty if it does.</summary>
    public ImmutableArray<Problem> Problems { get; }

    public static CsvLayout Of(Shape shape) => Known.GetValue(shape, made => new CsvLayout(made));

    ObjectShape? RecordOf(Shape shape, ProblemList problems)
    {
        if (shape is not ObjectShape document)
        {
            problems.Add(shape.Place, "layout", FormatMessages.DocumentIsObject);
            return null;
        }

        if (document.Members.FirstOrDefault(member => member.Shape is ArrayShape) is not { } rows) return document;
        Member = rows.Name;
        foreach (var other in document.Members.Where(other => other != rows)) problems.Add(other.Shape.Place, "layout", FormatMessages.BesideRecords(other.Name, rows.Name), value: other.Name);
        if (((ArrayShape)rows.Shape).Item is ObjectShape record) return record;
        problems.Add(rows.Shape.Place, "layout", FormatMessages.RecordIsObject(rows.Name), value: rows.Name);
        return null;
    }

    CsvColumn? Column(ShapeMember member, ProblemList problems)
    {
        var (shape, column) = (member.Shape, member.Shape.Hints.Column);
        if (shape.Hints.Record is { } record) problems.Add(record.Place, "layout", FormatMessages.NotIn("record", "CSV"));
        if (column is { At: not null }) problems.Add(column.Place, "layout", FormatMessages.NotIn("at", "CSV"));
        if (column is { Name: not null } && !Header) problems.Add(column.Place, "layout", FormatMessages.NameWithoutHeader);
        if (shape is ScalarShape) return new CsvColumn(member.Name, column?.Name ?? member.Name, shape.Types);
        problems.Add(shape.Place, "layout", FormatMessages.ColumnIsScalar(member.Name), value: member.Name);
        return null;
    }
}
