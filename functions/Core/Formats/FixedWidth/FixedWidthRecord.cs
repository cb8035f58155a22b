using System.Collections.Immutable;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>A column of a record of fixed width.</summary>
/// <param name="Member">The member it becomes.</param>
/// <param name="At">Its first character, from 0.</param>
/// <param name="Width">Its characters.</param>
/// <param name="Types">The types of its value.</param>
/// <param name="Pad">What fills it.</param>
/// <param name="PadLeft">Whether that stands before the value.</param>
/// <param name="Slot">The member's place among the record's members.</param>
sealed record FixedWidthColumn(string Member, int At, int Width, JsonTypes Types, byte Pad, bool PadLeft, int Slot)
{
    public int End => At + Width;

    public bool IsNumber => Cell.IsNumeric(Types);
}

/// <summary>A kind of record, and the kinds that may follow it as parts of it, in this order.</summary>
sealed class FixedWidthRecord(string member, bool isList, FixedWidthRecord? parent)
{
    /// <summary>The member of the parent that holds such records.</summary>
    public string Member => member;

    public bool IsList => isList;

    public FixedWidthRecord? Parent => parent;

    /// <summary>The number among the parent's parts.</summary>
    public int Order { get; init; }

    /// <summary>The member's place among the parent's members.</summary>
    public int Slot { get; init; }

    /// <summary>The number of members: columns and parts.</summary>
    public int Slots { get; init; }

    public string Tag { get; set; } = "";

    public ImmutableArray<FixedWidthColumn> Columns { get; set; } = [];

    public List<FixedWidthRecord> Parts { get; } = [];

    /// <summary>The characters that belong to columns or to the tag, in order.</summary>
    public ImmutableArray<(int At, int End)> Taken { get; set; } = [];

    /// <summary>The characters of such a record.</summary>
    public int Length { get; set; }
}
