using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Interop.Core.Schemas;

/// <summary>A <c>pattern</c>: a regular expression in the part of ECMA-262 that runs in linear time, so no value can make it slow.</summary>
sealed class SchemaPattern
{
    const int MaxLength = 2_000;
    const int MostKept = 2_000;

    // Schemas of one kind say the same of postcodes and times; what a pattern has found out of itself is found out once. A pattern is as long as it may be, so is what is kept.
    static readonly ConcurrentDictionary<string, SchemaPattern> Known = new(StringComparer.Ordinal);

    // What ECMA-262 means and .NET does not: ASCII digits and word characters, and "$" only at the very end.
    static readonly Dictionary<char, (string Outside, string? Inside)> Escapes = new()
    {
        ['d'] = ("[0-9]", "0-9"),
        ['D'] = ("[^0-9]", null),
        ['w'] = ("[A-Za-z0-9_]", "A-Za-z0-9_"),
        ['W'] = ("[^A-Za-z0-9_]", null),
    };

    readonly Regex regex;

    SchemaPattern(string text, Regex regex) => (Text, this.regex) = (text, regex);

    public string Text { get; }

    public static SchemaPattern? Compile(string text, out string reason)
    {
        reason = $"it has more than {MaxLength} characters";
        if (text.Length > MaxLength) return null;
        if (Known.TryGetValue(text, out var known)) return known;
        try
        {
            var pattern = new SchemaPattern(text, new Regex(Translate(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
            if (Known.Count < MostKept) Known[text] = pattern;
            return pattern;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            reason = wrong is NotSupportedException ? "lookarounds, back references and very large repetitions are not supported" : wrong.Message;
            return null;
        }
    }

    public bool Matches(ReadOnlySpan<char> value) => regex.IsMatch(value);

    static string Translate(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        var inClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                var escaped = text[++i];
                var replacement = Escapes.TryGetValue(escaped, out var both) ? (inClass ? both.Inside : both.Outside) : null;
                result.Append(replacement ?? $"\\{escaped}");
                continue;
            }

            if (c == '[' && inClass) result.Append('\\');
            inClass = c == '[' || (inClass && c != ']');
            result.Append(c == '$' && !inClass ? @"\z" : c.ToString());
        }

        return result.ToString();
    }
}
