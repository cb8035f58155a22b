using System.Security.Cryptography;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>One translation of one document.</summary>
/// <param name="Problems">What was found so far.</param>
/// <param name="Trace">Where what was read is to be written; only kept when problems of the target must be told in the terms of the document that came.</param>
sealed record MappingRun(ProblemList Problems, MappingTrace? Trace)
{
    readonly List<Action> atEnd = [];
    byte[]? seed;

    /// <summary>How many values were written so far: whether a group wrote anything.</summary>
    public int Writes { get; set; }

    public void Write(Route to, WriteScope scope, JsonValue value)
    {
        if (to.Write(scope, value)) Writes++;
    }

    /// <summary>The id of a thing of the document that came: a UUID of version 8, out of the document and the thing's pointer, so that the same document gives the same.</summary>
    public string IdOf(JsonValue document, string pointer)
    {
        seed ??= SHA256.HashData(Encoding.UTF8.GetBytes(document.ToString()));
        var bytes = SHA256.HashData([.. seed, .. Encoding.UTF8.GetBytes(pointer)]).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>Asks something of what was written once all of it is.</summary>
    public void AtEnd(Action ask) => atEnd.Add(ask);

    public void End() => atEnd.ForEach(ask => ask());

    public JsonValue Refuse(string rule, string message, string pointer, JsonValue value)
    {
        Problems.Add(new Problem(rule, message, pointer, Problem.Preview(Typed.TextOf(value) ?? value.ToString())));
        return JsonValue.Null;
    }
}
