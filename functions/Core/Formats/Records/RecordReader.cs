using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Reads a file of records piece by piece: whoever reads the file feeds what came and gets the records that are whole. Never holds more than one record.</summary>
/// <remarks>Whatever the bytes are, each record is a value or problems, never an exception. Not thread-safe; one reader, one file.</remarks>
public abstract class RecordReader
{
    readonly ImmutableArray<FormatRecord>.Builder found = ImmutableArray.CreateBuilder<FormatRecord>();
    byte[] held = [];
    int heldBytes;
    long lostBytes;
    bool isOpen;
    Position recordStart;
    int preambleBytes;
    long records;

    private protected RecordReader(RecordLimits limits) => Limits = limits;

    private protected enum Scanned
    {
        /// <summary>Bytes that belong to no record.</summary>
        Gap,

        /// <summary>Bytes of a record that goes on.</summary>
        Part,

        /// <summary>Bytes up to the end of a record.</summary>
        End,
    }

    /// <summary>Whether a limit of the file is reached, or what tells records apart is wrong: nothing more is read.</summary>
    public bool Stopped { get; private set; }

    private protected RecordLimits Limits { get; }

    /// <summary>How far the file has been read.</summary>
    private protected Position Here { get; private set; } = Position.Start;

    private protected virtual bool IsUtf8 => true;

    /// <summary>Takes the next piece of the file, of any length; gives the records that end in it.</summary>
    public ImmutableArray<FormatRecord> Feed(ReadOnlySpan<byte> piece)
    {
        if (!Stopped && Here.Offset + heldBytes + piece.Length > Limits.MaxFileBytes)
        {
            Stop(Here, new Problem("too-large", FormatMessages.FileTooLarge(Limits.MaxFileBytes)));
            return Drain();
        }

        if (IsUtf8 && preambleBytes < Encoding.UTF8.Preamble.Length) piece = PastPreamble(piece);
        Steps(piece);
        return Drain();
    }

    /// <summary>Says that the file ends here; gives the records that this completes.</summary>
    public ImmutableArray<FormatRecord> End()
    {
        if (preambleBytes is 1 or 2) GiveBackPreamble();
        if (!Stopped && isOpen) Close([], last: true);
        if (!Stopped) Finish();
        Stopped = true;
        return Drain();
    }

    /// <summary>Finds out what the next bytes are. The state that is needed lives across pieces.</summary>
    private protected abstract (int Bytes, Scanned What) Scan(ReadOnlySpan<byte> bytes);

    /// <summary>Takes the bytes of one record; <paramref name="last"/> where only the file's end ended it.</summary>
    private protected abstract void Take(ReadOnlySpan<byte> record, Position start, bool last);

    /// <summary>The bytes of one record cannot be taken.</summary>
    private protected abstract void Refuse(Position start, Problem problem);

    /// <summary>The file has ended, and the last record was taken.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>The record being scanned is too large to be held. What follows must find the next record.</summary>
    private protected virtual void GiveUp()
    {
    }

    /// <summary>Gives a record whose problems are told of its own bytes.</summary>
    private protected void Emit(Position start, string member, Outcome<JsonValue> value) =>
        EmitTold(start, member, value.Succeeded ? value : value.Problems.Select(start.Tell).ToImmutableArray());

    /// <summary>Gives a record whose problems are told of the file.</summary>
    private protected void EmitTold(Position start, string member, Outcome<JsonValue> value)
    {
        if (Stopped) return;
        if (records == Limits.MaxRecords)
        {
            Stop(start, new Problem("too-many", FormatMessages.TooManyRecords(Limits.MaxRecords)));
            return;
        }

        found.Add(new FormatRecord(++records, start.Offset, member, value));
    }

    private protected void Stop(Position at, Problem problem) => Stop(at, [problem]);

    private protected void Stop(Position at, ImmutableArray<Problem> problems)
    {
        if (Stopped) return;
        found.Add(new FormatRecord(records + 1, at.Offset, "", problems.Select(at.Tell).ToImmutableArray()));
        Stopped = true;
    }

    void Steps(ReadOnlySpan<byte> piece)
    {
        while (!Stopped && !piece.IsEmpty)
        {
            var (bytes, what) = Scan(piece);
            var taken = piece[..bytes];
            if (what == Scanned.Gap) Here = Here.After(taken);
            else if (what == Scanned.Part) Hold(taken);
            else Close(taken, last: false);
            piece = piece[bytes..];
        }
    }

    void Open()
    {
        if (isOpen) return;
        (isOpen, recordStart) = (true, Here);
    }

    void Hold(ReadOnlySpan<byte> bytes)
    {
        Open();
        if (lostBytes > 0 || heldBytes + bytes.Length > Limits.Record.MaxBytes)
        {
            if (lostBytes == 0) GiveUp();
            Here = Here.After(held.AsSpan(0, heldBytes)).After(bytes);
            lostBytes = Here.Offset - recordStart.Offset;
            heldBytes = 0;
            return;
        }

        if (heldBytes + bytes.Length > held.Length) Array.Resize(ref held, Math.Min(Limits.Record.MaxBytes, Math.Max(heldBytes + bytes.Length, held.Length * 2)));
        bytes.CopyTo(held.AsSpan(heldBytes));
        heldBytes += bytes.Length;
    }

    void Close(ReadOnlySpan<byte> bytes, bool last)
    {
        Open();
        var record = bytes;
        if (heldBytes > 0 || lostBytes > 0 || bytes.Length > Limits.Record.MaxBytes)
        {
            Hold(bytes);
            record = held.AsSpan(0, heldBytes);
        }

        if (lostBytes > 0) Refuse(recordStart, new Problem("too-large", FormatMessages.RecordTooLarge(lostBytes, Limits.Record.MaxBytes)));
        else if (IsUtf8 && !Utf8.IsValid(record)) Refuse(recordStart, NotUtf8(record));
        else Take(record, recordStart, last);
        Here = Here.After(record);
        (isOpen, heldBytes, lostBytes) = (false, 0, 0);
    }

    Problem NotUtf8(ReadOnlySpan<byte> record)
    {
        var at = Utf8Text.ValidPrefix(record);
        return new Problem("encoding", FormatMessages.NotUtf8(recordStart.Offset + at), Place: Utf8Text.PlaceAt(record, at)) { Offset = at };
    }

    // The mark may come in three pieces.
    ReadOnlySpan<byte> PastPreamble(ReadOnlySpan<byte> piece)
    {
        var mark = Encoding.UTF8.Preamble;
        while (preambleBytes < mark.Length && !piece.IsEmpty && piece[0] == mark[preambleBytes])
        {
            preambleBytes++;
            Here = Here with { Offset = preambleBytes };
            piece = piece[1..];
        }

        if (!piece.IsEmpty && preambleBytes < mark.Length) GiveBackPreamble();
        return piece;
    }

    void GiveBackPreamble()
    {
        var kept = Encoding.UTF8.Preamble[..preambleBytes];
        preambleBytes = Encoding.UTF8.Preamble.Length;
        Here = Position.Start;
        Steps(kept);
    }

    ImmutableArray<FormatRecord> Drain()
    {
        var drained = found.ToImmutable();
        found.Clear();
        return drained;
    }
}
