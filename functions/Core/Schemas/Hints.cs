namespace Interop.Core.Schemas;

/// <summary>How a value stands in the formats that are not JSON, as far as its schema says.</summary>
/// <param name="Xml">In XML: the keyword <c>xml</c>.</param>
/// <param name="Csv">Of a whole CSV document: <c>csv</c>.</param>
/// <param name="FixedWidth">Of a whole document of fixed width: <c>fixed-width</c>.</param>
/// <param name="Column">Of a value in a record: <c>column</c>.</param>
/// <param name="Record">Of a record of fixed width: <c>record</c>.</param>
public sealed record ShapeHints(XmlHint? Xml, CsvHint? Csv, FixedWidthHint? FixedWidth, ColumnHint? Column, RecordHint? Record)
{
    /// <summary>The schema says nothing.</summary>
    public static ShapeHints None { get; } = new(null, null, null, null, null);
}

/// <summary>How a value stands in XML (OpenAPI's <c>xml</c> keyword).</summary>
/// <param name="Name">The name of the element or attribute, where it differs from the property's.</param>
/// <param name="Attribute">Whether the property is an attribute.</param>
/// <param name="Wrapped">Whether an array's items stand in an element of their own.</param>
/// <param name="Namespace">The namespace of the element and of all below that name no other.</param>
/// <param name="Prefix">The prefix written; none makes it the default namespace.</param>
public sealed record XmlHint(string? Name, bool Attribute, bool Wrapped, string? Namespace, string? Prefix);

/// <summary>How a CSV document is written.</summary>
/// <param name="Place">Where the keyword's value stands.</param>
/// <param name="Header">Whether the first record names the columns.</param>
/// <param name="Separator">Between two cells; one ASCII character.</param>
/// <param name="Quote">Around a cell that needs it; one ASCII character.</param>
public sealed record CsvHint(Place Place, bool Header, char Separator, char Quote);

/// <summary>How a document of fixed width is written.</summary>
/// <param name="Place">Where the keyword's value stands.</param>
/// <param name="CharacterSet">The name of the character set.</param>
/// <param name="LineEnd">What is written after each record: LF or CR LF. Either is read.</param>
/// <param name="Length">The characters of every record, if they all have the same.</param>
/// <param name="TagAt">Where the tag begins that tells kinds of records apart, from 1; null if there is one kind.</param>
/// <param name="TagWidth">The characters of the tag.</param>
public sealed record FixedWidthHint(Place Place, string CharacterSet, string LineEnd, int? Length, int? TagAt, int TagWidth);

/// <summary>How a value stands in its record.</summary>
/// <param name="Place">Where the keyword's value stands.</param>
/// <param name="Name">CSV: the column's name in the header, where it differs from the property's.</param>
/// <param name="At">Fixed width: the column's first character, from 1.</param>
/// <param name="Width">Fixed width: the column's characters; none: the schema's <c>maxLength</c>.</param>
/// <param name="Pad">Fixed width: what fills the column; one ASCII character.</param>
/// <param name="PadLeft">Fixed width: whether it stands before the value; none: before numbers, after all else.</param>
public sealed record ColumnHint(Place Place, string? Name, int? At, int? Width, char Pad, bool? PadLeft);

/// <summary>How a record of fixed width is known.</summary>
/// <param name="Place">Where the keyword's value stands.</param>
/// <param name="Tag">What stands where the document's records have their tag.</param>
public sealed record RecordHint(Place Place, string Tag);
