using System.Text;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A <c>format</c>: what is written as nearly everybody writes it is recognised in the bytes; only the rest is asked of the schema's own test.</summary>
sealed record FormatTest : TextTest
{
    const int MaxDomain = 60;

    delegate bool Usual(ReadOnlySpan<byte> text);

    static readonly Dictionary<string, Usual> UsualForms = new(StringComparer.Ordinal)
    {
        ["date"] = text => text.Length == Civil.DateLength && Civil.TryReadDate(text, out _),
        ["date-time"] = text => Rfc3339.TryRead(text, out _, out _),
        ["uuid"] = IsUuid,
        ["email"] = IsEmail,
    };

    readonly Usual usual;
    readonly Func<string, bool> accepts;

    FormatTest(string name, Usual usual, Func<string, bool> accepts)
        : base(KeyOf(name)) => (this.usual, this.accepts) = (usual, accepts);

    public static FormatTest Of(string name) => new(name, UsualForms.GetValueOrDefault(name) ?? (_ => false), SchemaFormats.All[name].Accepts);

    public static string KeyOf(string name) => $"format {name}";

    public override bool Accepts(ReadOnlySpan<byte> text) => usual(text) || accepts(Encoding.UTF8.GetString(text));

    static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36) return false;
        for (var at = 0; at < text.Length; at++)
        {
            if (at is 8 or 13 or 18 or 23 ? text[at] != '-' : !char.IsAsciiHexDigit((char)text[at])) return false;
        }

        return true;
    }

    // Words of letters and digits with . _ - between them, an @, and labels of letters and digits: a part of what the schema's own test takes.
    static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        return at > 0 && text.Length - at <= MaxDomain && at <= MaxDomain && Words(text[..at], "._-"u8) && Words(text[(at + 1)..], ".-"u8);
    }

    static bool Words(ReadOnlySpan<byte> text, ReadOnlySpan<byte> between)
    {
        var length = 0;
        foreach (var one in text)
        {
            if (char.IsAsciiLetterOrDigit((char)one)) length++;
            else if (length > 0 && between.Contains(one)) length = 0;
            else return false;
        }

        return length > 0;
    }
}
