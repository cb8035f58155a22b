using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary><c>tojson</c>: JSON text as jq writes it. Walks with a stack of its own.</summary>
static class JsonText
{
    public static string Write(JsonValue value)
    {
        var text = new StringBuilder();
        var open = new Stack<Level>();
        Value(text, value, open);
        while (open.TryPeek(out var level)) level.Step(text, open);
        return text.ToString();
    }

    static void Value(StringBuilder text, JsonValue value, Stack<Level> open)
    {
        switch (value.Kind)
        {
            case JsonKind.Null: text.Append("null"); break;
            case JsonKind.Boolean: text.Append(value.AsBoolean() ? "true" : "false"); break;
            case JsonKind.Number: text.Append(Numbers.Text(value)); break;
            case JsonKind.String: String(text, value.AsString()); break;
            default:
                if (open.Count > JqLimits.Nesting) text.Append("<skipped: too deep>");
                else open.Push(new Level(value, text));
                break;
        }
    }

    static void String(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            const string special = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
            var known = c is '"' or '\\' or < ' ' ? special.IndexOf(c, StringComparison.Ordinal) : -1;
            if (known >= 0) text.Append('\\').Append(names[known]);
            else if (c is < ' ' or '\x7f') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (!char.IsSurrogate(c)) text.Append(c);
            else if (i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1])) text.Append(c).Append(value[++i]);
            else text.Append('\ufffd');
        }

        text.Append('"');
    }

    sealed class Level
    {
        readonly IEnumerator<KeyValuePair<string, JsonValue>>? members;
        readonly IEnumerator<JsonValue>? items;
        bool started;

        public Level(JsonValue container, StringBuilder text)
        {
            if (container.Kind == JsonKind.Array) items = container.Items.GetEnumerator();
            else members = container.Members.GetEnumerator();
            text.Append(members is null ? '[' : '{');
        }

        public void Step(StringBuilder text, Stack<Level> open)
        {
            if (!(items?.MoveNext() ?? members!.MoveNext()))
            {
                text.Append(members is null ? ']' : '}');
                open.Pop();
                return;
            }

            if (started) text.Append(',');
            started = true;
            if (members is not null)
            {
                String(text, members.Current.Key);
                text.Append(':');
            }

            Value(text, items?.Current ?? members!.Current.Value, open);
        }
    }
}
