namespace Interop.Core.Mapping.Compiled;

/// <summary>A system's date to <c>yyyy-MM-dd</c>.</summary>
sealed class DateReadWriter(DigitPattern pattern, Form target) : ValueWriter
{
    readonly TextRule rule = target.Text.Beyond("date", Civil.DateLength);

    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind != TokenKind.String || !pattern.TryRead(text, out var date)) return false;
        Span<byte> written = stackalloc byte[Civil.DateLength];
        date.WriteDate(written);
        return Write(emitter, written, isPlain: true, rule);
    }
}

/// <summary><c>yyyy-MM-dd</c> to a system's date.</summary>
sealed class DateWriter(DigitPattern pattern, Form target) : ValueWriter
{
    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind != TokenKind.String || text.Length != Civil.DateLength || !Civil.TryReadDate(text, out var date)) return false;
        Span<byte> written = stackalloc byte[pattern.Length];
        pattern.Write(date, written);
        return Write(emitter, written, isPlain: true, target.Text);
    }
}

/// <summary>A local date and time in a zone, or one with its offset, to the instant in UTC.</summary>
/// <param name="pattern">The local pattern; null for RFC 3339.</param>
/// <param name="zone">The local pattern's zone.</param>
/// <param name="target">The target's form.</param>
sealed class InstantWriter(DigitPattern? pattern, ZoneTable? zone, Form target) : ValueWriter
{
    readonly TextRule rule = target.Text.Beyond("date-time", Rfc3339.UtcLength);

    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind != TokenKind.String) return false;
        Civil utc;
        if (pattern is null)
        {
            if (!Rfc3339.TryRead(text, out var time, out var offset)) return false;
            utc = time.After(-offset);
        }
        else
        {
            if (!pattern.TryRead(text, out var local)) return false;
            var seconds = local.Seconds;
            if (!zone!.TryToUtc(seconds, out var instant)) return false;
            utc = local.After(instant - seconds);
        }

        if (!utc.Exists) return false;
        Span<byte> written = stackalloc byte[Rfc3339.UtcLength];
        Rfc3339.WriteUtc(utc, written);
        return Write(emitter, written, isPlain: true, rule);
    }
}

/// <summary>An instant to the local date and time of a zone; those that would not read back the same are left to the interpreter, unless that loss is accepted.</summary>
sealed class LocalTimeWriter(DigitPattern pattern, ZoneTable zone, bool lossIsAccepted, Form target) : ValueWriter
{
    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind != TokenKind.String || !Rfc3339.TryRead(text, out var time, out var offset)) return false;
        var instant = time.Seconds - offset;
        if (!zone.TryToLocal(instant, out var seconds)) return false;
        var local = time.After(seconds - instant - offset);
        if (!local.Exists) return false;
        if (!lossIsAccepted && ((!pattern.HasSeconds && local.Second != 0) || !zone.TryToUtc(seconds, out var back) || back != instant)) return false;
        Span<byte> written = stackalloc byte[pattern.Length];
        pattern.Write(local, written);
        return Write(emitter, written, isPlain: true, target.Text);
    }
}

/// <summary>An instant to the date and time of a zone with its offset; offsets that are no whole minutes are left to the interpreter.</summary>
sealed class OffsetTimeWriter(ZoneTable zone, Form target) : ValueWriter
{
    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind != TokenKind.String || !Rfc3339.TryRead(text, out var time, out var offset)) return false;
        var instant = time.Seconds - offset;
        if (!zone.TryToLocal(instant, out var seconds)) return false;
        var (ahead, local) = ((int)(seconds - instant), time.After(seconds - instant - offset));
        if (!local.Exists || ahead % 60 != 0) return false;
        Span<byte> written = stackalloc byte[Rfc3339.OffsetLength];
        return Write(emitter, written[..Rfc3339.Write(local, ahead, written)], isPlain: true, target.Text);
    }
}
