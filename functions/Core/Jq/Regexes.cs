using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Regular expressions: .NET's in linear time where the pattern allows it, else a machine of our own that counts its steps. No clock ends a search.</summary>
static class Regexes
{
    const int MaxKept = 100;
    const int MatchBytes = 600;

    static readonly KnownRegex Nothing = new(null, new RegexProgram([new RegexInstruction(RegexOp.Accept)], 1, 2, 0), []);

    // .NET matches small patterns by a table, character by character; of larger ones it follows many states at once.
    const int SmallProgram = 64;
    const int CharactersAStep = 16;
    const int StatesAStep = 8;

    // What .NET's linear matcher makes of many different sets takes it minutes; ours makes nothing of them.
    const int MostSets = 32;
    const int MostDistinct = 128;

    // .NET follows what each group took through every state it makes: of many groups in a large pattern that takes it seconds, and ours nothing.
    const int MostGrouped = 600;
    const int StepsAGroupedInstruction = 150;
    const int MostStepsAGroupedCharacter = 16;
    const int SeenAMatchedCharacter = 4;

    // Making a pattern ready takes many steps of a program, each character of it some more.
    const int MostCharacters = 10_000;
    const int MostShown = 100;
    const int StepsAPattern = 12_000;
    const int StepsACharacter = 50;

    /// <summary>All matches as jq describes them, or whether there is one.</summary>
    public static JsonValue Match(Evaluator e, JsonValue value, JsonValue pattern, JsonValue flags, bool test)
    {
        if (value.StringOrNull is not { } text) return e.Fail(Errors.Type(value, "cannot be matched, as it is not a string"));
        if (pattern.StringOrNull is not { } source) return e.Fail(Errors.Type(pattern, "is not a string"));
        if (flags.Kind is not (JsonKind.String or JsonKind.Null)) return e.Fail(Errors.Type(flags, "is not a string"));
        var letters = flags.StringOrNull ?? "";
        if (letters.Any(letter => !"gixspln".Contains(letter, StringComparison.Ordinal))) return e.Fail(Errors.Modifiers(letters));
        if (letters.Contains('l', StringComparison.Ordinal)) return e.Fail(Errors.LongestMatch);
        try
        {
            return Matches(e, Cached(e, source, letters, IsWide(text)), text, letters, test);
        }
        catch (Exception wrong) when (wrong is RegexParseException or NotSupportedException)
        {
            return e.Fail(Errors.Regex(source.Length > MostCharacters ? source[..MostShown] + "..." : source, wrong.Message));
        }
    }

    static JsonValue Matches(Evaluator e, KnownRegex regex, string text, string letters, bool test)
    {
        var all = letters.Contains('g', StringComparison.Ordinal);
        var skipEmpty = letters.Contains('n', StringComparison.Ordinal);
        var found = new List<JsonValue>();
        var position = new Position(text);
        foreach (var match in regex.Linear is { } linear ? Linear(e, linear, regex.Program, text) : Stepping(e, regex.Program, text))
        {
            var length = match.End - match.Index;
            if (skipEmpty && length == 0) continue;
            // An empty match between the halves of one character is none.
            if (length == 0 && match.Index > 0 && match.Index < text.Length && char.IsSurrogatePair(text, match.Index - 1)) continue;
            if (test) return true;
            found.Add(Describe(regex, match, text, position));
            if (!e.Charge((MatchBytes * (1L + regex.Groups.Length)) + (2L * length)) || !e.Spend(Prices.MatchSteps * (1L + (2L * regex.Groups.Length))) || !all) break;
        }

        return test ? false : JsonValue.Of(found.ToArray());
    }

    static IEnumerable<RegexFound> Stepping(Evaluator e, RegexProgram program, string text)
    {
        var machine = new RegexMachine(e, program, text);
        for (var (from, previous) = (0, 0); from <= text.Length;)
        {
            if (machine.Find(from, previous) is not { } found) yield break;
            yield return found;
            previous = found.End;
            from = found.Index == found.End ? found.End + 1 : found.End;
        }
    }

    // Paid for before, since .NET's search cannot be stopped on its way: the first match by the length of the text, each further one by how far it must look, which may be
    // far beyond its end if a match may be of any length.
    static IEnumerable<RegexFound> Linear(Evaluator e, Regex regex, RegexProgram program, string text)
    {
        var size = program.Code.Length;
        if (!e.Spend(1 + (size <= SmallProgram ? text.Length / CharactersAStep : (long)text.Length * size / StatesAStep))) yield break;
        // What the groups of a match took is found by going through it once more, paid for by its length: a part before it is known.
        var grouped = program.Groups == 1 ? 0 : Math.Min(2 + (program.Grouped / 4), MostStepsAGroupedCharacter);
        if (!e.Spend((long)text.Length * grouped / SeenAMatchedCharacter)) yield break;
        var reach = program.IsEndless ? new RegexReach(e, program, text) : null;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            if (!e.Spend((long)match.Length * grouped)) yield break;
            yield return Found(match);
            if (reach is not null ? !reach.Pays(match.Index + match.Length) : !e.Spend(1 + (size / StatesAStep))) yield break;
        }
    }

    static RegexFound Found(Match match)
    {
        var slots = new int[match.Groups.Count * 2];
        for (var i = 0; i < match.Groups.Count; i++)
        {
            var group = match.Groups[i];
            (slots[i * 2], slots[(i * 2) + 1]) = group.Success ? (group.Index, group.Index + group.Length) : (-1, -1);
        }

        return new RegexFound([.. slots]);
    }

    static JsonValue Describe(KnownRegex regex, RegexFound match, string text, Position position)
    {
        var offset = position.Of(match.Index);
        var captures = new List<JsonValue>();
        for (var i = 0; i < regex.Groups.Length; i++)
        {
            var (begin, end) = (match.Slots[(i * 2) + 2], match.Slots[(i * 2) + 3]);
            JsonValue named = regex.Groups[i];
            captures.Add(begin >= 0 && end >= begin
                ? JsonValue.Of(("offset", position.Of(begin)), ("length", Texts.Length(text.AsSpan(begin, end - begin))), ("string", text[begin..end]), ("name", named))
                : JsonValue.Of(("offset", -1), ("length", 0), ("string", JsonValue.Null), ("name", named)));
        }

        var whole = text[match.Index..match.End];
        return JsonValue.Of(("offset", offset), ("length", Texts.Length(whole)), ("string", whole), ("captures", JsonValue.Of(captures.ToArray())));
    }

    static bool IsWide(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    static KnownRegex Cached(Evaluator e, string pattern, string letters, bool wide)
    {
        var key = new RegexKey(pattern, letters, wide);
        if (e.Known.TryGetValue(key, out var known)) return known;
        if (pattern.Length > MostCharacters) throw new NotSupportedException($"it has more than {MostCharacters} characters");
        if (!e.Spend(StepsAPattern + ((long)StepsACharacter * pattern.Length))) return Nothing;
        known = Ready(e, key);
        if (e.Known.Count < MaxKept) e.Known.Add(key, known);
        return known;
    }

    // Every run pays for a pattern, also where another has made it ready: what a run takes is the same each time.
    static KnownRegex Ready(Evaluator e, RegexKey key)
    {
        if (e.Patterns.TryGetValue(key, out var known))
        {
            e.Spend(((long)RegexReader.StepsASet * known.Program.Sets) + GroupedSteps(known));
            return known;
        }

        var (pattern, letters, wide) = key;
        var (translated, groups) = RegexPatterns.Translate(pattern, letters, wide);
        _ = new Regex(translated, Options(letters), Regex.InfiniteMatchTimeout);
        var program = RegexProgram.Of(e, translated, Options(letters), groups.Length);
        var isSmall = program.Sets <= MostSets && translated.Distinct().Count() <= MostDistinct && program.Grouped <= MostGrouped;
        var made = new KnownRegex(isSmall ? Linear(translated, Options(letters)) : null, program, groups);
        e.Spend(GroupedSteps(made));
        if (!e.HasStopped && e.Patterns.Count < MaxKept) e.Patterns.TryAdd(key, made);
        return made;
    }

    static long GroupedSteps(KnownRegex regex) => regex.Linear is null ? 0 : (long)StepsAGroupedInstruction * regex.Program.Grouped;

    static RegexOptions Options(string letters)
    {
        var options = RegexOptions.CultureInvariant;
        if (letters.Contains('i', StringComparison.Ordinal)) options |= RegexOptions.IgnoreCase;
        if (letters.Contains('x', StringComparison.Ordinal)) options |= RegexOptions.IgnorePatternWhitespace;
        if (letters.Contains('p', StringComparison.Ordinal)) options |= RegexOptions.Singleline;
        return options;
    }

    // Null where .NET would have to try and go back.
    static Regex? Linear(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Offsets in code points; they are asked for in nearly ascending order, so counting goes on from the last.</summary>
    sealed class Position(string text)
    {
        int units;
        int points;

        public int Of(int index)
        {
            if (index < units) return Texts.Length(text.AsSpan(0, index));
            points += Texts.Length(text.AsSpan(units, index - units));
            units = index;
            return points;
        }
    }
}
