using System.Security.Cryptography;
using System.Text;
using Interop.Core.Json;

namespace Interop.Platform.Erasure;

/// <summary>What stands where data was erased: a keyed hash, so that a copy shown later can be held against it, and nobody without the key can guess what it was.</summary>
sealed class ErasureMark(byte[] key)
{
    const string Member = "erased";
    const string Prefix = "hmac-sha256:";

    public JsonValue Of(JsonValue value) => value.IsNull || IsMark(value) ? value : JsonValue.Of((Member, Hash(value.ToUtf8())));

    public string? Of(string? text) => text is null || text.StartsWith(Prefix, StringComparison.Ordinal) ? text : Hash(Encoding.UTF8.GetBytes(text));

    static bool IsMark(JsonValue value) => value.Kind == JsonKind.Object && value.Count == 1 && value[Member].StringOrNull?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    string Hash(byte[] bytes) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes));
}
