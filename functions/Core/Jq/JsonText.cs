using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary><c>tojson</c>: JSON text as jq writes it. Walks with a stack of its own.</summary>
sealed class JsonText
{
    readonly StringBuilder text = new();
    readonly Stack<Level> open = new();
    readonly Evaluator? evaluator;
    readonly int most;

    JsonText(Evaluator? evaluator, int most) => (this.evaluator, this.most) = (evaluator, most);

    /// <summary>The text, charged as it is written; what was written so far when a limit is met.</summary>
    public static string Write(Evaluator evaluator, JsonValue value) => new JsonText(evaluator, int.MaxValue).Whole(value);

    /// <summary>The text, or somewhat more than its first characters.</summary>
    public static string Write(JsonValue value, int most = int.MaxValue) => new JsonText(null, most).Whole(value);

    string Whole(JsonValue value)
    {
        Value(value);
        while (text.Length < most && open.TryPeek(out var level) && evaluator is not { HasStopped: true }) level.Step(this);
        return text.ToString();
    }

    void Value(JsonValue value)
    {
        evaluator?.Spend(Prices.WrittenSteps);
        switch (value.Kind)
        {
            case JsonKind.Null: text.Append("null"); break;
            case JsonKind.Boolean: text.Append(value.AsBoolean() ? "true" : "false"); break;
            case JsonKind.Number: Number(value); break;
            case JsonKind.String: String(value.AsString()); break;
            default:
                if (open.Count > JqLimits.Nesting) text.Append("<skipped: too deep>");
                else if (evaluator is null || evaluator.Opens(value)) open.Push(new Level(value, text));
                break;
        }
    }

    void Number(JsonValue value)
    {
        if (value.TextLength > most) text.Append(value.NumberText, 0, most);
        else if (Pays(value.TextLength) && evaluator?.Spend(value.TextLength / Prices.DigitsAStep) != false) text.Append(Numbers.Text(value));
    }

    bool Pays(int length) => evaluator is null || (evaluator.Charge(8 + (2L * length)) && evaluator.Spend(length / Prices.CharactersAStep));

    void String(string value)
    {
        if (!Pays(value.Length)) return;
        const string special = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
        var (start, end) = (0, Math.Min(value.Length, most));
        text.Append('"');
        for (var i = 0; i < end; i++)
        {
            var c = value[i];
            if (c is >= ' ' and not ('"' or '\\' or '\x7f') && !char.IsSurrogate(c)) continue;
            if (evaluator?.Spend(1) == false) break;
            text.Append(value, start, i - start);
            start = i + 1;
            var known = c is '"' or '\\' or < ' ' ? special.IndexOf(c, StringComparison.Ordinal) : -1;
            if (known >= 0) text.Append('\\').Append(names[known]);
            else if (c is < ' ' or '\x7f') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1])) text.Append(c).Append(value[start++]);
            else text.Append('\ufffd');
            i = start - 1;
        }

        if (start < end) text.Append(value, start, end - start);
        text.Append('"');
    }

    sealed class Level
    {
        readonly JsonWalk walk;
        readonly bool isArray;
        bool started;

        public Level(JsonValue container, StringBuilder text)
        {
            (walk, isArray) = (container.Walk(), container.Kind == JsonKind.Array);
            text.Append(isArray ? '[' : '{');
        }

        public void Step(JsonText into)
        {
            if (!walk.HasMore)
            {
                into.text.Append(isArray ? ']' : '}');
                into.open.Pop();
                return;
            }

            if (started) into.text.Append(',');
            started = true;
            var value = walk.Next();
            if (!isArray)
            {
                into.String(walk.Key.AsString());
                into.text.Append(':');
            }

            into.Value(value);
        }
    }
}
