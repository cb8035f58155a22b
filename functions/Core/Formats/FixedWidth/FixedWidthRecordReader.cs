namespace Interop.Core.Formats;

/// <summary>Reads the records of a file of fixed width; one with parts is given when all of them have come. An empty line is no record.</summary>
sealed class FixedWidthRecordReader(FixedWidthLayout layout, RecordLimits limits) : RecordReader(limits)
{
    // The outermost first; none between two records.
    readonly List<FixedWidthGroup> open = [];
    ProblemList problems = new();
    Position start;
    bool isTooLarge;
    int lastPart = -1;

    private protected override bool IsUtf8 => layout.Characters.IsUtf8;

    private protected override (int Bytes, Scanned What) Scan(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        return end < 0 ? (bytes.Length, Scanned.Part) : (end + 1, Scanned.End);
    }

    // A line that cannot be understood may have been a part of the record that is open, which is incomplete without it.
    private protected override void Refuse(Position at, Problem problem)
    {
        if (open.Count == 0) Emit(at, "", problem);
        else problems.Add(at.Tell(problem));
    }

    private protected override void Take(ReadOnlySpan<byte> record, Position at, bool last)
    {
        record = Lines.WithoutEnd(record);
        if (record.IsEmpty) return;
        if (Strange(record, at) is { } strange)
        {
            Refuse(at, strange);
            return;
        }

        var line = new FixedWidthLine(record, layout.Characters);
        var tag = layout.Hint.TagAt is { } tagAt ? layout.Characters.Text(line.Between(tagAt - 1, tagAt - 1 + layout.Hint.TagWidth)).TrimEnd(' ') : "";
        if (layout.Tagged(tag) is { } kind) Take(kind, line, record, at);
        else Refuse(at, Lines.At(record, line.ByteAt(layout.Hint.TagAt!.Value - 1), "unknown-tag", FormatMessages.UnknownTag(tag, layout.Tags), tag));
    }

    private protected override void Finish() => CloseTo(0);

    void Take(FixedWidthRecord kind, FixedWidthLine line, ReadOnlySpan<byte> record, Position at)
    {
        var depth = open.FindIndex(group => group.Kind == kind.Parent);
        if (kind.Parent!.Parent is not null && depth < 0)
        {
            Refuse(at, Lines.At(record, 0, "order", FormatMessages.PartWithoutWhole(kind.Tag, kind.Parent.Tag), kind.Tag));
            return;
        }

        CloseTo(depth + 1);
        var before = depth < 0 ? lastPart : open[depth].LastPart;
        if (kind.Order < before || (kind.Order == before && !kind.IsList && kind.Member.Length > 0))
        {
            var (rule, message) = kind.Order == before ? ("several", FormatMessages.SeveralRecords(kind.Tag)) : ("order", FormatMessages.OutOfOrder(kind.Tag));
            Refuse(at, Lines.At(record, 0, rule, message, kind.Tag));
            return;
        }

        if (depth < 0) (lastPart, start, isTooLarge) = (kind.Order, at, false);
        var group = new FixedWidthGroup(kind, depth < 0 ? "" : open[depth].Place(kind));
        open.Add(group);
        if (!isTooLarge && Here.Offset + record.Length - start.Offset > Limits.Record.MaxBytes)
        {
            isTooLarge = true;
            problems.Add(start.Tell(new Problem("too-large", FormatMessages.GroupTooLarge(Limits.Record.MaxBytes))));
        }

        if (!isTooLarge) FixedWidthColumns.Read(group, line, record, layout, problem => problems.Add(at.Tell(problem)));
    }

    void CloseTo(int depth)
    {
        for (; open.Count > depth; open.RemoveAt(open.Count - 1))
        {
            var group = open[^1];
            if (open.Count > 1)
            {
                if (!isTooLarge) open[^2].Add(group);
                continue;
            }

            EmitTold(start, group.Kind.Member, problems.Or(group.ToValue));
            problems = new ProblemList();
        }
    }

    Problem? Strange(ReadOnlySpan<byte> record, Position at)
    {
        if (layout.Characters.Strange(record) is var strange and >= 0)
            return Lines.At(record, strange, "encoding", FormatMessages.NotInCharacterSet(at.Offset + strange, layout.Characters.Name));
        if (record.IndexOf((byte)0) is var nul and >= 0) return Lines.Nul(record, nul, "");
        return record.IndexOf((byte)'\r') is var back and >= 0 ? Lines.At(record, back, "line-end", FormatMessages.LoneCarriageReturn) : null;
    }
}
