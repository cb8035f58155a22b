using Interop.Core.Json;
using YamlDotNet.Core;

namespace Interop.Core.Sources;

/// <summary>Says in an author's words what keeps a text from being read; where there are none for it, in the parser's.</summary>
sealed class SyntaxProblems(string text, string file)
{
    const string Rule = "syntax";
    const string NotClosed = "A [ or { that opens here is not closed. Close it with ] or }.";
    const string BadEscape = "This quoted text has a backslash that begins no escape. Write \\\\ for a backslash, or put the text in single quotes.";
    const string OpenQuote = "The quote that opens here is not closed where its text ends. Close it with the same quote, and indent the lines within it.";
    const string NoBeginning = "A text cannot begin with this character. Put the text in quotes.";
    const string Tab = "A tab indents this line. YAML is indented with spaces alone: put spaces in its place.";

    // By a part of what the parser says. Each sees the line of the place, and its 0-based column.
    static readonly (string Part, Func<string, int, string> Sentence)[] Sentences =
    [
        ("found unexpected end of stream", (_, _) => OpenQuote),
        ("found wrong indentation", (_, _) => OpenQuote),
        ("unknown escape character", (_, _) => BadEscape),
        ("expected hexadecimal number", (_, _) => BadEscape),
        ("cannot start any token", (_, _) => NoBeginning),
        ("an anchor or alias", (_, _) => NoBeginning),
        ("expected ',' or ']'", (_, _) => "A list in [ ] is not closed before this, or lacks a comma. Put commas between its items and ] at its end."),
        ("expected ',' or '}'", (_, _) => "A mapping in { } is not closed before this, or lacks a comma. Put commas between its names and } at its end."),
        ("expected node content", (line, at) => at < line.Length ? $"A value belongs here, and '{line[at]}' stands here. Write the value, or remove the '{line[at]}'." : "A value belongs here. Write it."),
        ("expected '-' indicator", (_, _) => "This line begins where the items of a list do, and is none. Put \"- \" before it, or indent it as what it belongs to."),
        ("entries are not allowed in this context", (_, _) => "A list cannot begin on the line of its name. Begin it on the next line."),
        ("multiline plain scalar, found invalid mapping", (_, _) => "A line above this one is no name with its value: it lacks the colon, or the space behind the colon. Write it as \"name: value\"."),
        ("plain scalar value, found invalid mapping", (line, at) => line[..Math.Min(at, line.Length)].Contains(": ", StringComparison.Ordinal)
            ? "A second colon stands in this value. Put the value in quotes."
            : "This line is indented further than the one above, which has its value already. Begin both equally far in."),
        ("expected key", NoKey),
    ];

    public Problem Of(YamlException wrong, Mark place)
    {
        if (AsJson() is { } json) return json;
        var (line, column) = (Math.Max(1, (int)place.Line), Math.Max(1, (int)place.Column));
        if (wrong.Message.Contains(" tab ", StringComparison.Ordinal) && FirstTab(line) is { } tab) return new Problem(Rule, Tab, Place: tab);
        var sentence = Sentences.FirstOrDefault(known => wrong.Message.Contains(known.Part, StringComparison.Ordinal)).Sentence;
        return new Problem(Rule, sentence?.Invoke(Line(line), column - 1) ?? $"This is not YAML: {wrong.Message.TrimEnd('.')}.", Place: new Place(file, line, column));
    }

    /// <summary>What the parser stumbles over without saying why.</summary>
    public Problem Of(Exception wrong, Place place) => AsJson() ?? new Problem(Rule, wrong is ArgumentException ? "This is not YAML: an escape names no character." : NotClosed, Place: place);

    // A file that says it is JSON is told about as such.
    Problem? AsJson() => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && JsonValue.Parse(text) is { Succeeded: false, Problems: [var first, ..] }
        ? first with { Place = new Place(file, first.Place?.Line ?? 1, first.Place?.Column ?? 1) }
        : null;

    // The parser has gone on, or not come so far, when it tells of a tab.
    Place? FirstTab(int from)
    {
        var lines = text.Split('\n');
        for (var at = from - 1; at < lines.Length; at++)
            if (lines[at].AsSpan(0, lines[at].Length - lines[at].AsSpan().TrimStart().Length).IndexOf('\t') is >= 0 and var column) return new Place(file, at + 1, column + 1);
        return null;
    }

    string Line(int number) => text.Split('\n').ElementAtOrDefault(number - 1)?.TrimEnd('\r') ?? "";

    static string NoKey(string line, int at)
    {
        var (before, rest) = (line[..Math.Min(at, line.Length)].TrimEnd(), line[Math.Min(at, line.Length)..]);
        if (before.EndsWith('"') || before.EndsWith('\'')) return "Something stands behind the closing quote. Put the whole value within the quotes; a quote within is written twice ('') or as \\\".";
        if (rest.StartsWith("- ", StringComparison.Ordinal)) return "An item of a list stands among names. Put it below the name whose list it is part of, or remove the \"- \".";
        return rest.Contains(": ", StringComparison.Ordinal) || rest.TrimEnd().EndsWith(':')
            ? "This line is not indented as any above. Begin it as far in as the names that it belongs with."
            : "This line is no name with its value: it lacks the colon, or the space behind the colon. Write it as \"name: value\".";
    }
}
