namespace Interop.Core.Mapping.Compiled;

/// <summary>A number to a text of its digits or back, without exponents.</summary>
sealed class NumberWriter(bool toText, Form target) : ValueWriter
{
    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind is not (TokenKind.String or TokenKind.Number) || !IsDecimal(text)) return false;
        if (toText) return Write(emitter, text, isPlain: true, target.Text);
        emitter.Raw(text);
        return target.AcceptsNumber(text);
    }

    static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (whole[0] == '0' && whole.Length > 1)) return false;
        return point < 0 || (point + 1 < digits.Length && !digits[(point + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));
    }
}

/// <summary>A postcode that is written as it is kept.</summary>
sealed class PostcodeWriter(Form target) : ValueWriter
{
    static readonly TextTest Kept = BytePattern.Of("^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}$");

    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain) =>
        kind == TokenKind.String && Kept.Accepts(text) && Write(emitter, text, isPlain: true, target.Text);
}

/// <summary>A UK number of ten digits after its 0 or +44, without anything between them.</summary>
sealed class TelephoneWriter(bool toNational, Form target) : ValueWriter
{
    static readonly TextTest National = BytePattern.Of("^0[1235789][0-9]{9}$");
    static readonly TextTest International = BytePattern.Of("^[+]44[1235789][0-9]{9}$");

    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind != TokenKind.String || !(National.Accepts(text) || International.Accepts(text))) return false;
        var prefix = toNational ? "0"u8 : "+44"u8;
        Span<byte> written = stackalloc byte[prefix.Length + 10];
        prefix.CopyTo(written);
        text[^10..].CopyTo(written[prefix.Length..]);
        return Write(emitter, written, isPlain: true, target.Text);
    }
}
