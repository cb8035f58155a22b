using System.Buffers;
using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary><c>fromjson</c>: as lenient as jq (NaN, a leading byte order mark, names twice). Walks with a stack of its own.</summary>
sealed class JsonReader(string text, Evaluator? evaluator)
{
    static readonly SearchValues<char> WordEnds = SearchValues.Create("[]{}:,\" \t\r\n");

    readonly Stack<Level> open = new();
    int at;
    JsonValue result;
    bool done;
    string? error;

    /// <summary>The value, or null and the reason; false too when a limit of the evaluator is met, if there is one.</summary>
    public static bool TryRead(string text, out JsonValue value, out string error, Evaluator? evaluator = null)
    {
        var reader = new JsonReader(text, evaluator);
        var read = reader.Read();
        (value, error) = (reader.result, reader.error ?? "");
        return read;
    }

    bool Read()
    {
        if (text.StartsWith('\ufeff')) at++;
        while (error is null)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
            if (at >= text.Length) return Finish();
            if (done) return Fail("Unexpected extra JSON values");
            if (evaluator?.Spend(text[at] is ',' or ':' ? 1 : Prices.TokenSteps) == false) return false;
            Token(text[at]);
        }

        return false;
    }

    bool Finish()
    {
        if (done) return true;
        return open.Count > 0 ? Fail("Unfinished JSON term", end: true) : Fail("Expected JSON value", end: true);
    }

    void Token(char c)
    {
        var level = open.Count > 0 ? open.Peek() : null;
        if (c is '[' or '{') Open(c, level);
        else if (c is ']' or '}') Close(c, level);
        else if (c == ',') Comma(level);
        else if (c == ':') Colon(level);
        else if (c == '"') String(level);
        else Word(level);
    }

    void Open(char c, Level? level)
    {
        if (level is { Wants: not (Want.Value or Want.ValueOrEnd) }) Fail("Expected separator between values");
        else if (open.Count >= JqLimits.Nesting) Fail("Exceeds depth limit for parsing");
        else
        {
            at++;
            open.Push(new Level(c == '{'));
        }
    }

    void Close(char c, Level? level)
    {
        if (level is null || level.IsObject != (c == '}')) Fail($"Unmatched '{c}'");
        else if (level.Wants is not (Want.Separator or Want.ValueOrEnd or Want.NameOrEnd)) Fail(level.IsObject ? "Objects must consist of key:value pairs" : "Expected another array element");
        else
        {
            at++;
            open.Pop();
            Give(level.ToValue());
        }
    }

    void Comma(Level? level)
    {
        if (level?.Wants != Want.Separator) Fail(level is null ? "',' not as part of an object or array" : "Expected value before ','");
        else
        {
            at++;
            level.Wants = level.IsObject ? Want.Name : Want.Value;
        }
    }

    void Colon(Level? level)
    {
        if (level?.Wants != Want.Colon) Fail(level?.IsObject == true ? "Expected string key before ':'" : "':' not as part of an object");
        else
        {
            at++;
            level.Wants = Want.Value;
        }
    }

    void Give(JsonValue value)
    {
        if (open.Count == 0)
        {
            result = value;
            done = true;
            return;
        }

        var level = open.Peek();
        if (level.Wants is Want.Value or Want.ValueOrEnd)
        {
            level.Add(value);
            level.Wants = Want.Separator;
        }
        else if (level.Wants is Want.Name or Want.NameOrEnd && value.StringOrNull is { } name)
        {
            level.Name = name;
            level.Wants = Want.Colon;
        }
        else Fail(level.IsObject && level.Wants is Want.Name or Want.NameOrEnd ? "Object keys must be strings" : "Expected separator between values");
    }

    void String(Level? _)
    {
        var read = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\')
            {
                if (!Escape(read)) return;
                continue;
            }

            var plain = text.AsSpan(at).IndexOfAny('"', '\\') is >= 0 and var end ? end : text.Length - at;
            read.Append(text, at, plain);
            at += plain - 1;
        }

        if (at >= text.Length)
        {
            Fail("Unfinished string", end: true);
            return;
        }

        at++;
        Give(read.ToString());
    }

    bool Escape(StringBuilder read)
    {
        const string names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
        var kind = ++at < text.Length ? text[at] : '\0';
        var known = names.IndexOf(kind, StringComparison.Ordinal);
        if (known >= 0) read.Append(values[known]);
        else if (kind == 'u' && at + 5 <= text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            read.Append((char)unit);
            at += 4;
        }
        else return Fail("Invalid escape");
        return true;
    }

    void Word(Level? _)
    {
        var start = at;
        at = text.AsSpan(at).IndexOfAny(WordEnds) is >= 0 and var end ? at + end : text.Length;
        var word = text[start..at];
        var ended = at >= text.Length;
        switch (word)
        {
            case "null": Give(JsonValue.Null); break;
            case "true": Give(true); break;
            case "false": Give(false); break;
            case "nan" or "NaN" or "-nan" or "-NaN": Give(Numbers.NaN); break;
            case "Infinity": Give(double.PositiveInfinity); break;
            case "-Infinity": Give(double.NegativeInfinity); break;
            default:
                if (Numbers.TryParse(word, out var number)) Give(number);
                else if (word[0] == '\'') Fail("Invalid string literal; expected \", but got '", ended);
                else Fail(word[0] is 't' or 'f' or 'n' ? "Invalid literal" : "Invalid numeric literal", ended);
                break;
        }
    }

    bool Fail(string reason, bool end = false)
    {
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1);
        error = end ? Errors.JsonEnd(reason, line, column, text) : Errors.Json(reason, line, column + 1, text);
        return false;
    }

    enum Want
    {
        Value,
        ValueOrEnd,
        Name,
        NameOrEnd,
        Colon,
        Separator,
    }

    sealed class Level(bool isObject)
    {
        readonly List<JsonValue>? items = isObject ? null : [];
        readonly List<KeyValuePair<string, JsonValue>>? members = isObject ? [] : null;

        public bool IsObject => isObject;

        public Want Wants { get; set; } = isObject ? Want.NameOrEnd : Want.ValueOrEnd;

        public string Name { get; set; } = "";

        public void Add(JsonValue value)
        {
            items?.Add(value);
            members?.Add(KeyValuePair.Create(Name, value));
        }

        public JsonValue ToValue() => items is not null ? JsonValue.Of(items.ToArray()) : JsonValue.Of(members!);
    }
}
