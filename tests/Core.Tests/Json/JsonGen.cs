using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Json;

/// <summary>Random JSON values for property tests.</summary>
static class JsonGen
{
    // Whole code points, so that no string holds half of a surrogate pair.
    public static readonly Gen<string> Text = Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\0', '\u024F'], Gen.Char['\u2020', '\u2044'])
        .Select(c => c.ToString())
        .SelectOneOf("😀", "\u0301", "\uFEFF", "</a>", "]]>")
        .Array[0, 8].Select(string.Concat);

    public static readonly Gen<JsonValue> Scalar = Gen.OneOf(
        Gen.Const(JsonValue.Null),
        Gen.Bool.Select(JsonValue.Of),
        Gen.Double.Where(double.IsFinite).Select(JsonValue.Of),
        Gen.Int.Select(number => JsonValue.Of((double)number)),
        Text.Select(text => JsonValue.Of(text)));

    public static readonly Gen<JsonValue> Value = Of(4);

    static Gen<JsonValue> Of(int depth) => depth == 0 ? Scalar : Gen.OneOf(
        Scalar,
        Of(depth - 1).Array[0, 4].Select(items => JsonValue.Of(items)),
        Gen.Select(Text, Of(depth - 1)).Array[0, 4].Select(members => JsonValue.Of(members.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)))));

    static Gen<string> SelectOneOf(this Gen<string> often, params string[] seldom) => Gen.Frequency((8, often), (1, Gen.Int[0, seldom.Length - 1].Select(at => seldom[at])));
}
