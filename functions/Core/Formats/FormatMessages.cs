using System.Text;
using Interop.Core.Sources;

namespace Interop.Core.Formats;

/// <summary>Every sentence that CSV, fixed width and files of records say. A value is never in the sentence: it may be personal data and goes into <see cref="Problem.Value"/>.</summary>
static class FormatMessages
{
    public const string CellHasParts = "A column holds one text, number or boolean. Give each part a column of its own.";
    public const string Nul = "Here stands the character NUL, which no text holds. Take it out.";
    public const string QuoteWithin = "A quote stands within a cell that does not begin with one. Put the whole cell in quotes and double the quote.";
    public const string TextAfterQuote = "After the closing quote of a cell stands more. Double a quote that belongs to the cell.";
    public const string UnclosedQuote = "The quote that opens here is never closed. Close it.";
    public const string LoneCarriageReturn = "A carriage return stands here without a line feed. End lines with LF or CR LF, and put a cell of several lines in quotes.";
    public const string DoubledInHeader = "The header names this column twice. Keep one.";
    public const string NoHeader = "The document is empty. It must begin with a header that names the columns.";
    public const string WriteObject = "A record must be an object of its columns.";
    public const string WriteList = "Here belongs a list of records.";
    public const string NoColumnFor = "The schema gives no column for this. Add one, or leave the value out.";
    public const string LineEndWithin = "The text has several lines, but a record is one line. Join them, or split the text.";

    public const string Doctype = "A document type (DOCTYPE) is not read. Send the document without it and without entities of its own.";
    public const string Utf16 = "The document is UTF-16. Send it as UTF-8.";
    public const string DeclarationNotFirst = "This is not XML: the declaration may only stand at the beginning. Take it out.";
    public const string WrongEndTag = "This is not XML: the end tag is not that of the element that is open. Correct one of the two.";
    public const string SecondRoot = "This is not XML: a second root element begins here. Send one document.";
    public const string TextOutsideRoot = "This is not XML: text stands outside the root element. Take it out.";
    public const string TextBesideRecords = "Text stands between elements. Put it into an element of its own.";
    public const string NotJsonHere = "This is not JSON: something else belongs here. Look for a comma, colon or bracket that is missing or doubled.";

    public const string NoXmlPath = "Where the records stand must be said: a path from the root element to the one that is repeated, such as /Cases/Case.";
    public const string NoColumns = "The schema lays out no column. Name the columns under \"properties\".";
    public const string DocumentIsObject = "The document must be an object: of columns, or of lists of records.";
    public const string NameWithoutHeader = "The column has a name, but the documents have no header to name it in. Take the name out, or write header: true.";
    public const string TagWithoutPlace = "The record has a tag, but the documents say not where. Write \"tag: { at: 1, width: 2 }\" under \"fixed-width\".";
    public const string KindsWithoutTags = "There is more than one kind of record, and no tag tells them apart. Write \"tag: { at: 1, width: 2 }\" under \"fixed-width\" and a \"record: { tag: ... }\" in each.";
    public const string NoTag = "The record has no tag that tells it apart. Write \"record: { tag: ... }\".";
    public const string DoubledTag = "Two kinds of record have this tag. Give each its own.";
    public const string PadOfNumber = "Only blanks, or zeros before it, can pad a number: another digit would change it.";

    public static Problem NeedsSchema { get; } = new("layout", "A document of this format can only be read and written by its schema. Name one.");

    public static string NoLayout(string keyword, string example) => $"The schema does not say how the documents are laid out. Write \"{example}\" at the top ({keyword}).";

    public static string TooManyColumns(int most) => $"There are more than {most} columns. Lay out fewer.";

    public static string TooManyKinds(int most, int depth) => $"There are more than {most} kinds of record, or more than {depth} within each other. Lay out fewer; a record cannot be a part of itself.";

    public static string DoubledColumn(string name) => $"Two columns are named \"{name}\". Give each its own name.";

    public static string BesideRecords(string name, string records) => $"Beside the list of records, \"{records}\", there can be nothing else, but \"{name}\" is there. Move it into the records, or take it out.";

    public static string RecordIsObject(string name) => $"\"{name}\" must be a record, or a list of records: objects with columns.";

    public static string ColumnIsScalar(string name) => $"\"{name}\" is a column and must be a text, a number or a boolean. State its type.";

    public static string NotIn(string keyword, string format) => $"\"{keyword}\" has no meaning in {format}. Take it out.";

    public static string ColumnWithoutPlace(string name) => $"\"{name}\" has no place in the record. Write \"column: {{ at: 1, width: 8 }}\".";

    public static string ColumnWithoutWidth(string name) => $"\"{name}\" has no width. Add \"width\" to the column, or \"maxLength\" to the schema.";

    public static string LongerThanColumn(string name, string what, int width) => $"\"{name}\" has {what}, but its column has {width} characters. Widen the column or allow less.";

    public static string Overlap(string column, string with, int at, int end) =>
        $"\"{column}\" begins before {(with.Length == 0 ? "the tag" : $"\"{with}\"")} ends, which has the characters {at} to {end}. Move one of them.";

    public static string BeyondRecord(string column, int end, int length) => $"{(column.Length == 0 ? "The tag" : $"\"{column}\"")} ends at character {end}, but a record has at most {length}.";

    public static string TagTooLong(int width) => $"The tag is longer than the {width} characters that a tag has.";

    public static string DocumentTooLarge(int bytes, int most) => $"The document has {bytes} bytes; at most {most} are read. Send it in parts.";

    public static string FileTooLarge(long most) => $"The file has more than {most} bytes. What follows is not read. Send it in parts.";

    public static string TooManyRecords(long most) => $"The file has more than {most} records. What follows is not read. Send it in parts.";

    public static string RecordTooLarge(long bytes, int most) => $"The record has {bytes} bytes; at most {most} are read. If it should be shorter, look for a quote, bracket or element that is not closed.";

    public static string GroupTooLarge(int most) => $"The record has, with its parts, more than {most} bytes. Send it in parts.";

    public static string NotUtf8(long offset) => $"Byte {offset} is not valid UTF-8. Send the document as UTF-8.";

    public static string NotInCharacterSet(long offset, string characters) => $"Byte {offset} is no character of {characters}. Send the document in that character set.";

    public static string EndsTooSoon(string format) => $"This is not {format}: it ends before it is whole. Send it whole.";

    public static string TooDeep(int most) => $"The document is nested deeper than {most}.";

    public static string NoList(string path) => $"There is no list at {(path.Length == 0 ? "the document's root" : path)}. Name the path of the list, or send one.";

    public static string ListTwice(string path) => $"The list at {path} stands twice. Keep one.";

    public static string PathNotTaken(string format) => $"The schema says where the records of {format} are. Leave the path out.";

    public static string NotAPath(string path) => $"{Problem.Preview(path)} is no path to a list: it begins with a stroke, such as /data/items.";

    public static string NoXmlRecords(string path) => $"{Problem.Preview(path)} does not lead to a repeated element below the root element. Name one, such as /Cases/Case.";

    public static string WrongNamespace(string element, string expected) => $"\"{element}\" must be in the namespace {Problem.Preview(expected)}.";

    public static string OneRecord(int found) => $"The document must be one record, but has {found}. Send each by itself.";

    public static string UnknownColumn(string name, IReadOnlyCollection<string> known) =>
        $"The header names a column that is not known here. {(name.Length <= 60 && Spelling.Nearest(name, known) is { } meant ? $"Did you mean \"{meant}\"?" : "Take it out.")}";

    public static string MissingColumn(string name) => $"The header does not name the column \"{name}\". Add it.";

    public static string CellCount(int wanted, int found) => $"The record has {found} cells; it must have {wanted}. Quote a cell that holds the separator.";

    public static string UnknownTag(string tag, IReadOnlyCollection<string> known) =>
        $"No kind of record has this tag. Known are {string.Join(", ", known.Order(StringComparer.Ordinal).Take(10))}.{(tag.Length == 0 ? " Here it is blank." : "")}";

    public static string PartWithoutWhole(string tag, string whole) => $"A record {tag} is a part of a record {whole}, but none is before it.";

    public static string OutOfOrder(string tag) => $"A record {tag} cannot come here: records come in the order of the schema.";

    public static string SeveralRecords(string tag) => $"There can be one record {tag} only. Keep one.";

    public static string NoSuchRecord(string known) => known.Length == 0 ? "The document is one record." : $"The document holds only \"{known}\".";

    public static string EndsWithin(int at, int end) => $"The record ends within the column of characters {at} to {end}. Send it whole.";

    public static string BelongsToNoColumn(int at, int end) => $"Characters {at} to {end} belong to no column and must be blank. Give them a column if they mean something.";

    public static string NotWritable(Rune rune, string characters) => $"The text holds U+{rune.Value:X4}, which {characters} does not have. Take it out, or have the format write another character set.";

    public static string TooLongForColumn(int found, int width) => $"The text has {found} characters; the column has {width}. Shorten it.";

    public static string LooksLikePadding(char pad) => $"The value would not come back the same: {(pad == ' ' ? "blanks" : $"\"{pad}\"")} at its end or beginning cannot be told from what fills the column. Take them off.";

    public static string HalfACharacter(char half) => $"The text holds half of a character, U+{(int)half:X4}. Write it whole or take it out.";
}
