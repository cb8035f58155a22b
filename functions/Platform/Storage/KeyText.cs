using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Interop.Platform.Storage;

/// <summary>Joins the parts of a key and splits them again: '|' between, and <c>~</c> with four hexadecimal digits for a UTF-16 unit that cannot stand for itself.</summary>
static class KeyText
{
    const char Separator = '|';
    const char Escape = '~';
    const int EscapeDigits = 4;

    // '%' is escaped too, since tools for Azure Tables misread it.
    static readonly SearchValues<char> Plain = SearchValues.Create([.. StoreLimits.KeyAlphabet.Except([Separator, Escape, '%'])]);

    internal static string Join(string[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length == 0) throw new ArgumentException("A key has at least one part.", nameof(parts));
        if (string.IsNullOrEmpty(parts[0])) throw new ArgumentException("The first part of a key is not empty.", nameof(parts));
        var key = string.Join(Separator, parts.Select(Escaped));
        StoreLimits.CheckKey(key, nameof(parts));
        return key;
    }

    internal static ImmutableArray<string> Split(string key) => [.. key.Split(Separator).Select(Unescaped)];

    static string Escaped(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!part.AsSpan().ContainsAnyExcept(Plain)) return part;
        var text = new StringBuilder(part.Length + (2 * EscapeDigits));
        foreach (var unit in part)
        {
            if (Plain.Contains(unit)) text.Append(unit);
            else text.Append(Escape).Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    static string Unescaped(string part)
    {
        if (!part.Contains(Escape, StringComparison.Ordinal)) return part;
        var text = new StringBuilder(part.Length);
        for (var at = 0; at < part.Length; at++)
        {
            if (part[at] != Escape) text.Append(part[at]);
            else
            {
                if (at + EscapeDigits >= part.Length || !ushort.TryParse(part.AsSpan(at + 1, EscapeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
                    throw new FormatException($"The key part \"{part}\" was not made by this program: {Escape} stands before {EscapeDigits} hexadecimal digits only.");
                text.Append((char)unit);
                at += EscapeDigits;
            }
        }

        return text.ToString();
    }
}
