using System.Security.Cryptography;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>Ids for the things of a document: UUIDs of version 8, out of the document and the thing's pointer, so that the same document gives the same whatever the order of its members.</summary>
static class MadeId
{
    public static byte[] Seed(JsonValue document) => SHA256.HashData(Encoding.UTF8.GetBytes(Ordered(document).ToString()));

    public static string Of(byte[] seed, string pointer)
    {
        var bytes = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(pointer)]).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    static JsonValue Ordered(JsonValue value) => value.Kind switch
    {
        JsonKind.Array => JsonValue.Of(value.Items.Select(Ordered)),
        JsonKind.Object => JsonValue.Of(value.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Ordered(member.Value)))),
        _ => value,
    };
}
