using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Regular expressions: .NET's, in linear time where the pattern allows it and else within a time limit.</summary>
static class Regexes
{
    const int MaxKept = 100;
    const int Attempts = 2;

    // A search that may backtrack is dear beyond what its result shows.
    const int StepsOfSearch = 2_000;

    // Linear in the text, so only a guard; generous, since the first match also compiles the matcher.
    static readonly TimeSpan LinearTime = TimeSpan.FromSeconds(2);

    // The first match of all compiles the backtracking matcher, which must not count against anyone's limit.
    static readonly bool Warm = new Regex("(?=a)(a|b)*?c+", RegexOptions.None, LinearTime).IsMatch("aabac");

    /// <summary>All matches as jq describes them, or whether there is one.</summary>
    public static JsonValue Match(Evaluator e, JsonValue value, JsonValue pattern, JsonValue flags, bool test)
    {
        if (value.StringOrNull is not { } text) return e.Fail(Errors.Type(value, "cannot be matched, as it is not a string"));
        if (pattern.StringOrNull is not { } source) return e.Fail(Errors.Type(pattern, "is not a string"));
        if (flags.Kind is not (JsonKind.String or JsonKind.Null)) return e.Fail(Errors.Type(flags, "is not a string"));
        var letters = flags.StringOrNull ?? "";
        if (letters.Any(letter => !"gixspln".Contains(letter, StringComparison.Ordinal))) return e.Fail(Errors.Modifiers(letters));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Matches(e, Cached(e, source, letters, IsWide(text)), text, letters, test);
            }
            catch (RegexParseException wrong)
            {
                return e.Fail(Errors.Regex(source, wrong.Message));
            }
            catch (RegexMatchTimeoutException) when (attempt < Attempts)
            {
                // The clock also runs while the machine is busy elsewhere, which seldom happens twice.
            }
            catch (RegexMatchTimeoutException)
            {
                e.Stop(Errors.Limit("regexTime", $"{e.Limits.RegexTime.TotalMilliseconds} ms"));
                return default;
            }
        }
    }

    static JsonValue Matches(Evaluator e, KnownRegex regex, string text, string letters, bool test)
    {
        var all = letters.Contains('g', StringComparison.Ordinal);
        var skipEmpty = letters.Contains('n', StringComparison.Ordinal);
        var found = new List<JsonValue>();
        var position = new Position(text);
        for (var match = regex.Regex.Match(text); match.Success; match = match.NextMatch())
        {
            if (!regex.IsLinear && !e.Spend(StepsOfSearch)) break;
            if (skipEmpty && match.Length == 0) continue;
            // An empty match between the halves of one character is none.
            if (match.Length == 0 && match.Index > 0 && match.Index < text.Length && char.IsSurrogatePair(text, match.Index - 1)) continue;
            if (test) return true;
            found.Add(Describe(regex, match, position));
            if (!e.Charge(500 + (2L * match.Length)) || !e.Spend(10) || !all) break;
        }

        return test ? false : JsonValue.Of(found.ToArray());
    }

    static JsonValue Describe(KnownRegex regex, Match match, Position position)
    {
        var offset = position.Of(match.Index);
        var captures = new List<JsonValue>();
        for (var i = 1; i < match.Groups.Count; i++)
        {
            var group = match.Groups[i];
            JsonValue named = regex.Groups[i - 1];
            captures.Add(group.Success
                ? JsonValue.Of(("offset", position.Of(group.Index)), ("length", Texts.Length(group.Value)), ("string", group.Value), ("name", named))
                : JsonValue.Of(("offset", -1), ("length", 0), ("string", JsonValue.Null), ("name", named)));
        }

        return JsonValue.Of(("offset", offset), ("length", Texts.Length(match.Value)), ("string", match.Value), ("captures", JsonValue.Of(captures.ToArray())));
    }

    static bool IsWide(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    static KnownRegex Cached(Evaluator e, string pattern, string letters, bool wide)
    {
        var key = new RegexKey(pattern, letters, wide, e.Limits.RegexTime);
        if (e.Patterns.TryGetValue(key, out var known)) return known;
        var (translated, groups) = RegexPatterns.Translate(pattern, letters, wide);
        var made = new KnownRegex(Make(translated, Options(letters), e.Limits.RegexTime), groups);
        if (e.Patterns.Count < MaxKept) e.Patterns.TryAdd(key, made);
        return made;
    }

    static RegexOptions Options(string letters)
    {
        var options = RegexOptions.CultureInvariant;
        if (letters.Contains('i', StringComparison.Ordinal)) options |= RegexOptions.IgnoreCase;
        if (letters.Contains('x', StringComparison.Ordinal)) options |= RegexOptions.IgnorePatternWhitespace;
        if (letters.Contains('p', StringComparison.Ordinal)) options |= RegexOptions.Singleline;
        return options;
    }

    static Regex Make(string pattern, RegexOptions options, TimeSpan limit)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, LinearTime);
        }
        catch (NotSupportedException) when (Warm)
        {
            return new Regex(pattern, options, limit);
        }
    }

    /// <summary>Offsets in code points; they are asked for in nearly ascending order, so counting goes on from the last.</summary>
    sealed class Position(string text)
    {
        int units;
        int points;

        public int Of(int index)
        {
            if (index < units) return Texts.Length(text[..index]);
            points += Texts.Length(text[units..index]);
            units = index;
            return points;
        }
    }
}
