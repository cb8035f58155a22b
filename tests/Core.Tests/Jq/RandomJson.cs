using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Jq;

/// <summary>Random JSON values, small and with awkward strings.</summary>
static class RandomJson
{
    static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 4], Gen.OneOf(Gen.Const(""), Gen.Const("é"), Gen.Const("😀"), Gen.Const("a\"b\\\n"), Gen.Const("%"), Gen.Const("a b")));

    static readonly Gen<JsonValue> Leaf = Gen.OneOf(
        Gen.Const(JsonValue.Null), Gen.Bool.Select(JsonValue.Of), Gen.Int[-5, 5].Select(i => JsonValue.Of(i)), Gen.Double[-1e6, 1e6].Select(JsonValue.Of), Text.Select(JsonValue.Of));

    public static readonly Gen<JsonValue> Value = Gen.Recursive<JsonValue>((depth, inner) => depth > 3
        ? Leaf
        : Gen.OneOf(
            Leaf,
            inner.Array[0, 3].Select(items => JsonValue.Of(items)),
            Gen.Select(Text, inner).Array[0, 3].Select(members => JsonValue.Of(members.Select(member => KeyValuePair.Create(member.Item1, member.Item2))))));
}
