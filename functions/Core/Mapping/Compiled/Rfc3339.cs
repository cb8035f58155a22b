namespace Interop.Core.Mapping.Compiled;

/// <summary>Dates and times as <c>2026-03-31T16:59:00Z</c> or <c>2026-03-31T17:59:00+01:00</c>: whole seconds, capital letters, offsets of at most 14 hours.</summary>
static class Rfc3339
{
    public const int UtcLength = 20;

    public const int OffsetLength = 25;

    /// <summary>Reads the usual spellings; false for all others, right or wrong.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time as it is written.</param>
    /// <param name="offset">How many seconds it is ahead of UTC.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out Civil time, out int offset)
    {
        (time, offset) = (default, 0);
        if (text.Length is not (UtcLength or OffsetLength) || !Civil.TryReadDate(text, out var date) || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        time = date with { Hour = Digits.Two(text[11..]), Minute = Digits.Two(text[14..]), Second = Digits.Two(text[17..]) };
        if (!time.Exists) return false;
        if (text.Length == UtcLength) return text[19] == 'Z';
        int hours = Digits.Two(text[20..]), minutes = Digits.Two(text[23..]);
        if (text[22] != ':' || hours is < 0 or > 14 || minutes is < 0 or > 59) return false;
        offset = ((hours * 60) + minutes) * 60;
        if (text[19] == '+') return true;
        offset = -offset;
        return text[19] == '-' && offset < 0;
    }

    /// <summary>Writes a time with its offset from UTC, in seconds; none is written as Z.</summary>
    /// <returns>How many bytes are written.</returns>
    public static int Write(Civil time, int offset, Span<byte> to)
    {
        WriteUtc(time, to);
        if (offset == 0) return UtcLength;
        var minutes = Math.Abs(offset) / 60;
        to[19] = (byte)(offset < 0 ? '-' : '+');
        Digits.WriteTwo(minutes / 60, to[20..]);
        to[22] = (byte)':';
        Digits.WriteTwo(minutes % 60, to[23..]);
        return OffsetLength;
    }

    public static void WriteUtc(Civil utc, Span<byte> to)
    {
        utc.WriteDate(to);
        to[10] = (byte)'T';
        Digits.WriteTwo(utc.Hour, to[11..]);
        to[13] = (byte)':';
        Digits.WriteTwo(utc.Minute, to[14..]);
        to[16] = (byte)':';
        Digits.WriteTwo(utc.Second, to[17..]);
        to[19] = (byte)'Z';
    }
}
