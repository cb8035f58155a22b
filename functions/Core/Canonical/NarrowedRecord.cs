using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Canonical;

/// <summary>A record without the members that came with versions after the one it is read by. Codes and values that are new stay: what cannot be left out is refused.</summary>
/// <param name="Record">What is left.</param>
/// <param name="LeftOut">JSON Pointers of what was taken out, as it stood in the whole record.</param>
public sealed record NarrowedRecord(JsonValue Record, ImmutableArray<string> LeftOut)
{
    const int MaxDepth = 64;

    /// <summary>What a version knows of a record of a newer one.</summary>
    public static NarrowedRecord Of(JsonValue record, Schema older, Schema newer)
    {
        var left = ImmutableArray.CreateBuilder<string>();
        return new NarrowedRecord(Narrow(record, [older.Root], [newer.Root], "", left, MaxDepth), left.ToImmutable());
    }

    // What neither version knows stays, to be told as unknown.
    static JsonValue Narrow(JsonValue value, List<SchemaNode> older, List<SchemaNode> newer, string pointer, ImmutableArray<string>.Builder left, int depthLeft)
    {
        if (depthLeft == 0 || value.Kind is not (JsonKind.Array or JsonKind.Object)) return value;
        var before = left.Count;
        var (known, wider) = (SchemaFacts.Of(older), SchemaFacts.Of(newer));
        var narrowed = value.Kind == JsonKind.Object
            ? JsonValue.Of(Members(value, known, wider, pointer, left, depthLeft - 1))
            : JsonValue.Of(value.Items.Select((item, at) => Narrow(item, known.Items, wider.Items, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{at}"), left, depthLeft - 1)));
        return left.Count == before ? value : narrowed;
    }

    static IEnumerable<KeyValuePair<string, JsonValue>> Members(JsonValue value, SchemaFacts older, SchemaFacts newer, string pointer, ImmutableArray<string>.Builder left, int depthLeft)
    {
        foreach (var (name, member) in value.Members)
        {
            var here = $"{pointer}/{JsonPointer.Escape(name)}";
            var (known, wider) = (older.SchemasOf(name), newer.SchemasOf(name));
            if (known is null && wider is not null) left.Add(here);
            else yield return KeyValuePair.Create(name, known is null || wider is null ? member : Narrow(member, known, wider, here, left, depthLeft));
        }
    }
}
