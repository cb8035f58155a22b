using System.Collections.Immutable;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Every message of the language. Those of a running program follow jq's own wording, since programs catch and compare them.</summary>
static class Errors
{
    public const string UnfinishedString = "A string is not closed. Add the missing '\"'.";
    public const string TooNested = "The expression is nested too deeply. Split it into functions.";
    public const string KeyNeedsParentheses = "An object key that is an expression needs parentheses around it.";
    public const string BreakNeedsLabel = "break requires a label to break to, as in: break $out.";
    public const string StartsWith = "startswith() requires string inputs";
    public const string EndsWith = "endswith() requires string inputs";
    public const string Trim = "trim input must be a string";
    public const string NoInput = "break";
    public const string Split = "split input and separator must be strings";
    public const string Explode = "explode input must be a string";
    public const string Implode = "implode input must be an array";
    public const string RepeatTooLong = "Repeat string result too long";
    public const string PathNotArray = "Path must be specified as an array";
    public const string PathsNotArray = "Paths must be specified as an array";
    public const string PathTooDeep = "Path too deep";
    public const string NanIndex = "Cannot set array element at NaN index";
    public const string NegativeIndex = "Out of bounds negative array index";
    public const string IndexTooLarge = "Array index too large";
    public const string SliceIndices = "Array/string slice indices must be integers";
    public const string SliceValue = "A slice of an array can only be assigned another array";
    public const string StringSlices = "Cannot update string slices";
    public const string RangeBounds = "Range bounds must be numeric";
    public const string EqualityTooDeep = "Equality check too deep";
    public const string ComparisonTooDeep = "Comparison too deep";
    public const string ContainmentTooDeep = "Containment check too deep";
    public const string MergeTooDeep = "Object merge too deep";
    public const string StrptimeInputs = "strptime/1 requires string inputs and arguments";
    public const string MktimeArray = "mktime requires array inputs";
    public const string MktimeParsed = "mktime requires parsed datetime inputs";
    public const string GmtimeNumber = "gmtime() requires numeric inputs";
    public const string Seconds = "error converting number of seconds since epoch to datetime: only the years 1 to 9999 are known here";
    public const string Years = "the date is not within the years 1 to 9999, the only ones known here";
    public const string LongestMatch = "the flag l (the longest match) is not available here: write the alternatives of the pattern with the longest first";

    public static readonly Problem NoOutput = new("jq-empty", "The expression gave no value. Add a default with '// null' or the like.");

    public static string UnknownCharacter(char c) => $"The character '{c}' has no meaning here.";

    public static string UnknownEscape(char c) => $"'\\{c}' is no escape. Write one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t, \\u and four hex digits, or \\(...).";

    public static string Unexpected(Token found, string wanted) => $"Found {found.Shown} where {wanted} is needed.";

    public static string NoModules(string keyword) => $"'{keyword}' is not available: an expression stands alone. Write the functions in it.";

    public static string UndefinedVariable(string name, string hint) => $"${name} is not defined.{hint}";

    public static string UndefinedLabel(string name) => $"$*label-{name} is not defined: there is no 'label ${name} |' around this.";

    public static string UndefinedFunction(string signature, string hint) => $"{signature} is not defined.{hint}";

    public static string RefusedFunction(string signature) => $"{signature} is not available. {Restrictions.Refused[signature]}";

    public static string ConstantKey(JsonValue key) => $"Cannot use {Shown(key)} as object key";

    public static string UnknownFormat(string name) => $"{name} is not a valid format";

    public static string Index(JsonValue target, JsonValue key) => $"Cannot index {Kind(target)} with {Shown(key)}";

    public static string Iterate(JsonValue target) => $"Cannot iterate over {(target.IsNull ? "null" : Shown(target))}";

    public static string InvalidPath(JsonValue value) => $"Invalid path expression with result {Trunc(value, 30)}";

    public static string InvalidAccess(JsonValue key, JsonValue value) => $"Invalid path expression near attempt to access element {Trunc(key, 30)} of {Trunc(value, 30)}";

    public static string InvalidIteration(JsonValue value) => $"Invalid path expression near attempt to iterate through {Trunc(value, 30)}";

    public static string ObjectKey(JsonValue key) => $"Object keys must be strings, not {Shown(key)}";

    public static string UpdateField(JsonValue key, JsonValue target) => $"Cannot update field at {Kind(key)} index of {Kind(target)}";

    public static string HasKey(JsonValue target, JsonValue key) => $"Cannot check whether {Kind(target)} has a {Kind(key)} key";

    public static string DeletePart(JsonValue key, JsonValue target) =>
        target.Kind switch
        {
            JsonKind.Array  => $"Cannot delete {Kind(key)} element of array",
            JsonKind.Object => $"Cannot delete {Kind(key)} field of object",
            _               => $"Cannot delete fields from {Kind(target)}",
        };

    public static string PathNotArrayBut(JsonValue path) => $"Path must be specified as array, not {Kind(path)}";

    /// <summary>"string (\"a\") has no keys"</summary>
    public static string Type(JsonValue bad, string message) => $"{Shown(bad)} {message}";

    public static string Types(JsonValue left, JsonValue right, string message) => $"{Shown(left)} and {Shown(right)} {message}";

    public static string Date(string text, string format) => $"date \"{text}\" does not match format \"{format}\"";

    public static string Requires(string function, string what) => $"{function} requires {what}";

    public static string Modifiers(string flags) => $"{flags} is not a valid modifier string";

    public static string Regex(string pattern, string reason) => $"{pattern} (at offset 0) is not a valid regex: {reason}";

    public static string Json(string reason, int line, int column, string text) => $"{reason} at line {line}, column {column} (while parsing '{text}')";

    public static string JsonEnd(string reason, int line, int column, string text) => $"{reason} at EOF at line {line}, column {column} (while parsing '{text}')";

    /// <summary>The problem of an error nobody caught.</summary>
    public static Problem Uncaught(JsonValue error) => new(
        "jq-error",
        error.Kind switch
        {
            JsonKind.String => error.AsString(),
            JsonKind.Null   => "null (null) not a string",
            _               => $"(not a string): {Trunc(error, 200)}",
        });

    public static Problem Limit(string name, string value) => new(
        "jq-limit", $"The expression needs more than its limit of {value} ({name}). Make it do less, or give it less.", Path: name);

    public static string Kind(JsonValue value) => value.Kind switch
    {
        JsonKind.Null    => "null",
        JsonKind.Boolean => "boolean",
        JsonKind.Number  => "number",
        JsonKind.String  => "string",
        JsonKind.Array   => "array",
        _                => "object",
    };

    static string Shown(JsonValue value) => $"{Kind(value)} ({Trunc(value, 30)})";

    /// <summary>JSON text cut to less than <paramref name="size"/> bytes, the way jq cuts it: dots, then the closing delimiter.</summary>
    static string Trunc(JsonValue value, int size)
    {
        var json = JsonText.Write(value, size);
        if (Encoding.UTF8.GetByteCount(json) <= size - 1) return json;
        var close = json[0] switch { '"' => "\"", '[' => "]", '{' => "}", _ => "" };
        var room = size - (close.Length == 0 ? 4 : 5);
        var kept = new StringBuilder();
        foreach (var rune in json.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0) break;
            kept.Append(rune.ToString());
        }

        return $"{kept}...{close}";
    }
}

/// <summary>Collects what is wrong with a program, each with its position in the text.</summary>
sealed class JqProblems(string text, Place? at)
{
    readonly ProblemList problems = new();

    public bool IsEmpty => problems.IsEmpty;

    public void Add(int offset, string message, string rule)
    {
        var before = text.AsSpan(0, Math.Clamp(offset, 0, text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        problems.Add(new Problem(rule, $"{message} (line {line}, column {column} of the expression)", Value: Problem.Preview(text), Place: at ?? new Place("", line, column)));
    }

    public ImmutableArray<Problem> ToImmutable() => problems.ToImmutable();
}
