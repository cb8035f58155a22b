using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>The columns of one record, read and written. A column of blanks, or of nothing but its padding, is an absent member.</summary>
static class FixedWidthColumns
{
    const byte Blank = (byte)' ';

    public static void Read(FixedWidthGroup group, FixedWidthLine line, ReadOnlySpan<byte> record, FixedWidthLayout layout, Action<Problem> report)
    {
        foreach (var column in group.Kind.Columns)
        {
            if (line.Length > column.At && line.Length < column.End && column.PadLeft)
                report(Lines.At(record, line.ByteAt(column.At), "too-short", FormatMessages.EndsWithin(column.At + 1, column.End), path: $"{group.Path}/{JsonPointer.Escape(column.Member)}"));
            else if (Value(line.Between(column.At, column.End), column, layout.Characters) is { IsNull: false } value)
                group.Set(column, value);
        }

        var free = 0;
        foreach (var (at, end) in group.Kind.Taken.Append((int.MaxValue, int.MaxValue)))
        {
            if (at > free && line.Length > free && line.Between(free, at).IndexOfAnyExcept(Blank) is var found and >= 0)
                report(Lines.At(record, line.ByteAt(free) + found, "no-column", FormatMessages.BelongsToNoColumn(free + 1, Math.Min(at, line.Length)), layout.Characters.Text(line.Between(free, at)), group.Path));
            free = Math.Max(free, end);
        }
    }

    /// <summary>Fills the column; null if the value cannot stand in it.</summary>
    public static byte[]? Write(string text, FixedWidthColumn column, CharacterSet characters, string path, ProblemList problems)
    {
        var value = new List<byte>();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' or '\n') problems.Add(null, "line-end", FormatMessages.LineEndWithin, path, text);
            else if (rune.Value == 0xFEFF || !characters.TryAdd(rune, value)) problems.Add(null, "character", FormatMessages.NotWritable(rune, characters.Name), path, text);
            else count++;
            if (!problems.IsEmpty) return null;
        }

        if (count > column.Width)
        {
            problems.Add(null, "too-long", FormatMessages.TooLongForColumn(count, column.Width), path, text);
            return null;
        }

        var pad = count == 0 ? Blank : column.Pad;
        var padding = Enumerable.Repeat(pad, column.Width - count);
        byte[] filled = column.PadLeft ? [.. padding, .. value] : [.. value, .. padding];
        var back = Value(filled, column, characters);
        if ((back.StringOrNull ?? (back.IsNull ? "" : back.ToString())) == text) return filled;
        problems.Add(null, "padding", FormatMessages.LooksLikePadding((char)column.Pad), path, text);
        return null;
    }

    static JsonValue Value(ReadOnlySpan<byte> cell, FixedWidthColumn column, CharacterSet characters)
    {
        if (cell.IndexOfAnyExcept(Blank) < 0) return JsonValue.Null;
        var trimmed = column.PadLeft ? cell.TrimStart(column.Pad) : cell.TrimEnd(column.Pad);

        // Zeros are the padding of a number, and may be all of it.
        if (column is { IsNumber: true, Pad: (byte)'0' } && (trimmed.IsEmpty || trimmed[0] is not (>= (byte)'1' and <= (byte)'9')) && trimmed.Length < cell.Length) trimmed = cell[^(trimmed.Length + 1)..];
        return trimmed.IsEmpty ? JsonValue.Null : Cell.Typed(trimmed, column.Types) ?? characters.Text(trimmed);
    }
}
