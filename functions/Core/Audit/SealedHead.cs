using System.Security.Cryptography;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Audit;

/// <summary>A head with the proof that a holder of the key wrote it: who cuts lines off the end cannot make the head that would hide it.</summary>
/// <remarks>A head that was true once stays genuine, so who kept a copy of an older one can put it back. Only a head noted elsewhere shows that.</remarks>
public sealed record SealedHead(AuditHead Head, string Seal)
{
    /// <summary>Seals a head.</summary>
    public static SealedHead Of(AuditHead head, ReadOnlySpan<byte> key) => new(head, SealOf(head, key));

    /// <summary>Whether the head was sealed with the key.</summary>
    public bool IsGenuine(ReadOnlySpan<byte> key) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Seal), Encoding.ASCII.GetBytes(SealOf(Head, key)));

    /// <summary>As JSON.</summary>
    public JsonValue ToJson() => Head.ToJson().With("seal", Seal);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static Outcome<SealedHead> FromJson(JsonValue value) => AuditHead.FromJson(value).Then<SealedHead>(head => new SealedHead(head, value["seal"].StringOrNull ?? ""));

    // The word before tells a seal from the hash of a line.
    static string SealOf(AuditHead head, ReadOnlySpan<byte> key)
    {
        byte[] text = [.. "head"u8, .. head.ToJson().ToUtf8()];
        return Convert.ToHexStringLower(key.IsEmpty ? SHA256.HashData(text) : HMACSHA256.HashData(key, text));
    }
}
