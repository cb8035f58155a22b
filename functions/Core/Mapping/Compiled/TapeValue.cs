using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What stands on a tape, as a value, for what is not compiled to bytes. Members come as they stand in the document: their tokens are in its order.</summary>
static class TapeValue
{
    public static JsonValue Of(Tape tape, Form form, int token)
    {
        ref readonly var here = ref tape.Tokens[token];
        return here.Kind switch
        {
            _ when token == 0 => JsonValue.Null,
            TokenKind.String => JsonValue.Of(Encoding.UTF8.GetString(tape.Text(here))),
            TokenKind.Number => JsonValue.OfNumber(Encoding.UTF8.GetString(tape.Text(here))),
            TokenKind.Array => Items(tape, form, here),
            TokenKind.Object when here.HasMore => JsonValue.Parse(tape.Bytes.AsSpan(here.Last, here.Length - here.Last)).Value,
            TokenKind.Object => Members(tape, form, here.Start),
            TokenKind.Null => JsonValue.Null,
            _ => JsonValue.Of(here.Kind == TokenKind.True),
        };
    }

    static JsonValue Items(Tape tape, Form form, in Token array)
    {
        var items = new List<JsonValue>(array.Length);
        for (var item = array.Start; item != 0; item = tape.Tokens[item].Next)
        {
            items.Add(Of(tape, form.Item!, item));
        }

        return JsonValue.Of(items);
    }

    static JsonValue Members(Tape tape, Form form, int slots)
    {
        var members = new List<(int Token, KeyValuePair<string, JsonValue> Member)>(form.Names.Count);
        for (var member = 0; member < form.Names.Count; member++)
        {
            var token = tape.Slots[slots + member];
            if (token != 0) members.Add((token, KeyValuePair.Create(form.Names[member], Of(tape, form.Members[member], token))));
        }

        members.Sort((one, other) => one.Token.CompareTo(other.Token));
        return JsonValue.Of(members.Select(one => one.Member));
    }
}
