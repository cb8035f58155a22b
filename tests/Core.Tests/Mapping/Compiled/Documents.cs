using System.Text;
using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Mapping.Compiled;

/// <summary>Documents near given ones: most are still right, and those that are not are wrong in one place.</summary>
static class Documents
{
    static readonly string[] Texts =
    [
        "", "x", "Y", "N", "true", "1", "é", "a\"b", "back\\slash", "tab\tline\n", "\u0001", "😀", "\u007f", "\u00a0", "<&>'", "29/02/2024", "31/02/2026", "29/03/2026 01:30", "25/10/2026 01:30", "31/12/1899 23:59",
        "01/01/2100 00:00", "15/07/2026 24:00", "2026-07-15", "2026-07-15T10:00:00Z", "2026-07-15T10:00:00+01:00", "2026-07-15T10:00:30.5Z", "2026-07-15T23:59:60Z", "0001-01-01T00:00:00Z", "2026-10-25T00:30:00Z",
        "2026-03-29T00:59:59-00:00", "2026-07-15T10:00:00", "15-Jul-2026 10:00:00", "15-JUL-2026 10:00:00", "NO1 1AA", "no11aa", "07700900123", "+44 7700 900123", "+447700900123", "0077", "a@b.example", "crime", "victim", "V", "0.10", "-0", "1e5", "007",
    ];

    static readonly JsonValue[] Values =
    [
        JsonValue.Null, JsonValue.True, JsonValue.False, 0d, 1d, 9d, -1d, 1.5d, 1e300, JsonValue.OfNumber("1.0"), JsonValue.OfNumber("12345678901234567890"), JsonValue.OfNumber("-0"), JsonValue.OfNumber("1E2"), JsonValue.EmptyArray, JsonValue.EmptyObject,
        JsonValue.Of(JsonValue.Of("V"), JsonValue.Of("V")), JsonValue.Of(JsonValue.Null), JsonValue.Of(("a", 1d), ("b", JsonValue.EmptyObject)),
    ];

    static readonly Gen<JsonValue> Replacement = Gen.Frequency((3, One(Texts).Select(text => JsonValue.Of(text))), (2, One(Values)), (1, Gen.String[0, 60].Select(text => JsonValue.Of(text))));

    /// <summary>A document with up to three changes, each of one place, written in one of several ways.</summary>
    public static Gen<byte[]> Changed(IReadOnlyList<JsonValue> documents) =>
        Gen.Select(Gen.Int[0, documents.Count - 1], Gen.Select(Gen.UInt, Gen.Int[0, 6], Replacement).Array[0, 3], Gen.Int[0, 3]).Select((at, changes, spelling) =>
            Spelled(changes.Aggregate(documents[at], (document, change) => Change(document, change.Item1 % 10_007, change.Item2, change.Item3)), spelling));

    /// <summary>A document with up to three bytes changed, taken out or put in.</summary>
    public static Gen<byte[]> ChangedBytes(IReadOnlyList<JsonValue> documents) =>
        Gen.Select(Gen.Int[0, documents.Count - 1], Gen.Select(Gen.UInt, Gen.Int[0, 2], Gen.OneOf(Gen.Byte, One<byte>([.. "\"\\{}[]:,0123456789eE+-. \ntrufalsn/"u8]))).Array[1, 3], Gen.Int[0, 3])
            .Select((at, changes, spelling) => changes.Aggregate(Spelled(documents[at], spelling), (bytes, change) => Change(bytes, change.Item1, change.Item2, change.Item3)));

    static Gen<T> One<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    static byte[] Change(byte[] bytes, uint place, int kind, byte one)
    {
        if (bytes.Length == 0) return [one];
        var at = (int)(place % (uint)bytes.Length);
        return kind switch
        {
            0 => [.. bytes[..at], one, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], one, .. bytes[at..]],
        };
    }

    static byte[] Spelled(JsonValue document, int spelling) => spelling switch
    {
        0 => document.ToUtf8(),
        1 => Encoding.UTF8.GetBytes(document.ToIndentedString()),
        2 => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonDocument.Parse(document.ToUtf8()))),
        _ => [.. Encoding.UTF8.Preamble, .. document.ToUtf8()],
    };

    // Goes down to the place that the number names, and changes it or, where that is asked, its surroundings.
    static JsonValue Change(JsonValue here, uint place, int kind, JsonValue replacement)
    {
        var count = here.Kind is JsonKind.Array or JsonKind.Object ? here.Count : 0;
        if (count == 0) return replacement;
        var (at, rest) = ((int)(place % (uint)count), place / (uint)count);
        if (here.Kind == JsonKind.Array)
        {
            var items = here.Items.ToList();
            switch (kind)
            {
                case 0: items.RemoveAt(at); break;
                case 1: items.Insert(at, items[at]); break;
                default: items[at] = Change(items[at], rest, kind, replacement); break;
            }

            return JsonValue.Of(items);
        }

        var members = here.Members.ToList();
        switch (kind)
        {
            case 2: members.RemoveAt(at); break;
            case 3: members.Add(KeyValuePair.Create("other", replacement)); break;
            case 4: members.Reverse(); break;
            default: members[at] = KeyValuePair.Create(members[at].Key, Change(members[at].Value, rest, kind, replacement)); break;
        }

        return JsonValue.Of(members);
    }
}
