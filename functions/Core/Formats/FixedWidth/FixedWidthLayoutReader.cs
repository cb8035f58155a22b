using System.Globalization;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Reads a schema's shape into kinds of records; everything that cannot be is reported with its place.</summary>
sealed class FixedWidthLayoutReader(FixedWidthHint hint, Dictionary<string, FixedWidthRecord> byTag, ProblemList problems)
{
    const int MaxDepth = 16;
    const int MaxKinds = 1_000;

    int kinds;

    public static FixedWidthRecord Read(Shape shape, FixedWidthHint hint, Dictionary<string, FixedWidthRecord> byTag, ProblemList problems)
    {
        var reader = new FixedWidthLayoutReader(hint, byTag, problems);
        var root = new FixedWidthRecord("", isList: false, parent: null);
        if (shape is not ObjectShape document) problems.Add(shape.Place, "layout", FormatMessages.DocumentIsObject);
        else if (document.Hints.Record is not null || document.Members.Any(member => member.Shape is ScalarShape)) reader.Add(root, "", isList: false, document, 0, MaxDepth);
        else for (var at = 0; at < document.Members.Length; at++) reader.Part(root, document.Members[at], at, MaxDepth);
        if (root.Parts.Count == 0 && problems.IsEmpty) problems.Add(shape.Place, "layout", FormatMessages.NoColumns);
        return root;
    }

    void Part(FixedWidthRecord parent, ShapeMember member, int slot, int depthLeft)
    {
        var (isList, item) = member.Shape is ArrayShape list ? (true, list.Item) : (false, member.Shape);
        if (item is ObjectShape record) Add(parent, member.Name, isList, record, slot, depthLeft - 1);
        else problems.Add(member.Shape.Place, "layout", FormatMessages.RecordIsObject(member.Name), value: member.Name);
    }

    void Add(FixedWidthRecord parent, string member, bool isList, ObjectShape shape, int slot, int depthLeft)
    {
        if (depthLeft == 0 || ++kinds > MaxKinds)
        {
            if (kinds <= MaxKinds + 1) problems.Add(shape.Place, "layout", FormatMessages.TooManyKinds(MaxKinds, MaxDepth));
            kinds = MaxKinds + 1;
            return;
        }

        var record = new FixedWidthRecord(member, isList, parent) { Order = parent.Parts.Count, Slot = slot, Slots = shape.Members.Length };
        parent.Parts.Add(record);
        var isKnown = Tag(record, shape);
        record.Columns = [.. shape.Members.Select((one, at) => one.Shape is ScalarShape or AnyShape ? Column(one, at) : null).OfType<FixedWidthColumn>()];
        Places(record, shape);
        foreach (var (at, part) in shape.Members.Index())
            if (isKnown && part.Shape is ObjectShape or ArrayShape) Part(record, part, at, depthLeft);
    }

    // False where the tag is another's: what is a part of itself would have no end.
    bool Tag(FixedWidthRecord record, ObjectShape shape)
    {
        if (hint.TagAt is null)
        {
            if (shape.Hints.Record is { } needless) problems.Add(needless.Place, "layout", FormatMessages.TagWithoutPlace);
            if (byTag.TryAdd("", record)) return true;
            problems.Add(shape.Place, "layout", FormatMessages.KindsWithoutTags);
            return false;
        }

        if (shape.Hints.Record is not { Tag.Length: > 0 } known)
        {
            problems.Add(shape.Place, "layout", FormatMessages.NoTag);
            return true;
        }

        record.Tag = known.Tag;
        if (known.Tag.Length > hint.TagWidth) problems.Add(known.Place, "layout", FormatMessages.TagTooLong(hint.TagWidth), value: known.Tag);
        if (byTag.TryAdd(known.Tag, record)) return true;
        problems.Add(known.Place, "layout", FormatMessages.DoubledTag, value: known.Tag);
        return false;
    }

    FixedWidthColumn? Column(ShapeMember member, int slot)
    {
        var shape = member.Shape;
        if (shape is not ScalarShape scalar)
        {
            problems.Add(shape.Place, "layout", FormatMessages.ColumnIsScalar(member.Name), value: member.Name);
            return null;
        }

        if (shape.Hints.Column is not { At: { } at } hinted)
        {
            problems.Add(shape.Hints.Column?.Place ?? shape.Place, "layout", FormatMessages.ColumnWithoutPlace(member.Name), value: member.Name);
            return null;
        }

        if (hinted.Name is not null) problems.Add(hinted.Place, "layout", FormatMessages.NotIn("name", "fixed width"));
        if ((hinted.Width ?? scalar.MaxLength) is not (> 0 and <= LayoutKeywords.MaxRecordLength and var width))
        {
            problems.Add(hinted.Place, "layout", FormatMessages.ColumnWithoutWidth(member.Name), value: member.Name);
            return null;
        }

        var isNumber = Cell.IsNumeric(scalar.Types);
        var column = new FixedWidthColumn(member.Name, at - 1, width, scalar.Types, (byte)hinted.Pad, hinted.PadLeft ?? isNumber, slot);
        if (scalar.MaxLength > width) problems.Add(shape.Place, "layout", FormatMessages.LongerThanColumn(member.Name, $"maxLength {Text(scalar.MaxLength.Value)}", width), value: member.Name);
        if (scalar.Allowed.Select(value => value.StringOrNull ?? value.ToString()).FirstOrDefault(text => text.EnumerateRunes().Count() > width) is { } longer)
            problems.Add(shape.Place, "layout", FormatMessages.LongerThanColumn(member.Name, $"\"{Problem.Preview(longer)}\"", width), value: member.Name);
        if (isNumber && !(hinted.Pad == ' ' || (hinted.Pad == '0' && column.PadLeft))) problems.Add(hinted.Place, "layout", FormatMessages.PadOfNumber, value: hinted.Pad.ToString());
        return column;
    }

    void Places(FixedWidthRecord record, ObjectShape shape)
    {
        var taken = record.Columns.Select(column => (column.At, column.End, column.Member)).ToList();
        if (hint.TagAt is { } tagAt) taken.Add((tagAt - 1, tagAt - 1 + hint.TagWidth, ""));
        taken.Sort((left, right) => left.At.CompareTo(right.At));
        var furthest = taken.Count == 0 ? default : taken[0];
        foreach (var next in taken.Skip(1))
        {
            if (next.At < furthest.End) Overlap(furthest, next);
            if (next.End > furthest.End) furthest = next;
        }

        record.Taken = [.. taken.Select(one => (one.At, one.End))];
        record.Length = Math.Max(hint.Length ?? 0, furthest.End);
        if (furthest.End > LayoutKeywords.MaxRecordLength || furthest.End > hint.Length)
            problems.Add(PlaceOf(furthest.Member), "layout", FormatMessages.BeyondRecord(furthest.Member, furthest.End, hint.Length ?? LayoutKeywords.MaxRecordLength), value: furthest.Member);

        void Overlap((int At, int End, string Member) one, (int At, int End, string Member) other)
        {
            // The tag has no place of its own to name, so the column is named.
            var (column, with) = other.Member.Length > 0 ? (other, one) : (one, other);
            problems.Add(PlaceOf(column.Member), "layout", FormatMessages.Overlap(column.Member, with.Member, with.At + 1, with.End), value: column.Member);
        }

        Place PlaceOf(string member) => member.Length == 0 ? hint.Place : shape.Member(member)!.Shape is var at && at.Hints.Column is { } column ? column.Place : at.Place;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
