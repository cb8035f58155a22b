using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Values without what is empty in them, which is the same as what is absent: of objects, each the very one, that were asked for before it is known. Not thread-safe.</summary>
sealed class FilledParts
{
    /// <summary>So many are kept; then it begins anew.</summary>
    public const int MaxKept = 20_000;

    readonly Dictionary<JsonMembers, JsonValue> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The value; null if nothing is left of it.</summary>
    public JsonValue Of(JsonValue value) => Left(value, null, []);

    /// <summary>The value without what stands at some places besides.</summary>
    public JsonValue Without(JsonValue value, List<string> pointers) => Left(value, "", pointers);

    // The pointer is null where nothing below is taken away.
    JsonValue Left(JsonValue value, string? pointer, List<string> gone)
    {
        if (pointer is not null)
        {
            var isAround = false;
            foreach (var one in gone)
            {
                if (!JsonPointer.Covers(pointer, one)) continue;
                if (one.Length == pointer.Length) return JsonValue.Null;
                isAround = true;
            }

            if (!isAround) pointer = null;
        }

        if (value.Kind == JsonKind.Array) return Items(value, pointer, gone);
        if (value.Kind != JsonKind.Object) return value;
        var part = value.OwnMembers ?? JsonMembers.Of([.. value.Members]);
        if (pointer is not null) return Members(value, part, pointer, gone);
        if (known.TryGetValue(part, out var filled)) return filled;
        if (known.Count >= MaxKept) known.Clear();
        return known[part] = Members(value, part, null, gone);
    }

    JsonValue Members(JsonValue value, JsonMembers part, string? pointer, List<string> gone)
    {
        List<KeyValuePair<string, JsonValue>>? left = null;
        for (var at = 0; at < part.Count; at++)
        {
            var (name, member) = part[at];
            var now = Left(member, pointer is null ? null : pointer + RouteStep.Member.SegmentOf(name), gone);
            if (left is null && !now.IsNull && now.Is(member)) continue;
            left ??= [.. part.Take(at)];
            if (!now.IsNull) left.Add(KeyValuePair.Create(name, now));
        }

        return left is null && part.Count > 0 ? value : left is null or [] ? JsonValue.Null : JsonValue.OfDistinct([.. left]);
    }

    JsonValue Items(JsonValue value, string? pointer, List<string> gone)
    {
        var items = value.ItemSpan;
        List<JsonValue>? left = null;
        for (var at = 0; at < items.Length; at++)
        {
            var now = Left(items[at], pointer is null ? null : $"{pointer}/{at}", gone);
            if (left is null && !now.IsNull && now.Is(items[at])) continue;
            left ??= [.. items[..at]];
            if (!now.IsNull) left.Add(now);
        }

        return left is null && items.Length > 0 ? value : left is null or [] ? JsonValue.Null : JsonValue.Of(left.ToArray());
    }
}
