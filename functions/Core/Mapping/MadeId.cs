using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>Ids for the things of a document: UUIDs of version 8, out of the document and the thing's pointer, so that the same document gives the same whatever the order of its members.</summary>
static class MadeId
{
    public static byte[] Seed(JsonValue document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonValue.Compact)) Write(document, writer);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    public static string Of(byte[] seed, string pointer)
    {
        var bytes = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(pointer)]).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    // The members of each object in the order of their names.
    static void Write(JsonValue value, Utf8JsonWriter writer)
    {
        switch (value.Kind)
        {
            case JsonKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.ItemSpan) Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonKind.Object:
                writer.WriteStartObject();
                KeyValuePair<string, JsonValue>[] members = [.. value.MemberList];
                Array.Sort(members, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(member, writer);
                }

                writer.WriteEndObject();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
