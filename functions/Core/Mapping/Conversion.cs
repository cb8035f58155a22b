using System.Runtime.CompilerServices;
using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;

namespace Interop.Core.Mapping;

/// <summary>How one value and a list become each other.</summary>
enum ListForm
{
    /// <summary>Both are lists, or neither is: each item is converted.</summary>
    Same,

    /// <summary>One value to a list of one.</summary>
    Wrap,

    /// <summary>A list of at most one to its item.</summary>
    Unwrap,

    /// <summary>A text to the list of its parts.</summary>
    Cut,

    /// <summary>A list of texts to one text.</summary>
    Paste,
}

/// <summary>A converter in one direction, over lists and single values.</summary>
sealed record Conversion(Func<JsonValue, Converted> Convert, ListForm Form, string Separator)
{
    /// <summary>What is written when there is nothing to convert; null if nothing is.</summary>
    public JsonValue Absent { get; init; }

    public static Conversion Exact { get; } = new(value => value, ListForm.Same, "") { Recipe = new Recipe.Exact() };

    /// <summary>See <see cref="Converter.Recipe"/>.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The value converted; null after a problem.</summary>
    public JsonValue Apply(JsonValue value, Origin origin, MappingRun run) => Form switch
    {
        ListForm.Wrap => One(value, origin, run) is { IsNull: false } one ? JsonValue.Of(one) : JsonValue.Null,
        ListForm.Unwrap => Unwrap(value, origin, run),
        ListForm.Cut => value.StringOrNull is { } text
            ? Each([.. text.Split(Separator).Select(part => JsonValue.Of(part))], origin, run)
            : run.Refuse("type", MappingMessages.NotText(value.Kind), origin.Pointer, value),
        ListForm.Paste => Paste(value, origin, run),
        _ when value.Kind == JsonKind.Array => Each(value.ItemSpan, origin.At(0), run),
        _ => One(value, origin, run),
    };

    JsonValue One(JsonValue value, Origin origin, MappingRun run)
    {
        var converted = run.Before is { } before && Recipe is not Compiled.Recipe.Exact ? before.Conversions.Convert(Convert, value) : Convert(value);
        return converted.Rule is null ? converted.Value : run.Refuse(converted.Rule, converted.Message!, origin.Pointer, value);
    }

    // Parts of one text have its origin, items each their own.
    JsonValue Each(ReadOnlySpan<JsonValue> items, Origin first, MappingRun run)
    {
        var (converted, count) = (new JsonValue[items.Length], 0);
        for (var at = 0; at < items.Length; at++)
            if (One(items[at], first.Item < 0 ? first : first.At(at), run) is { IsNull: false } one) converted[count++] = one;
        return JsonValue.Of(count == converted.Length ? converted : converted[..count]);
    }

    JsonValue Unwrap(JsonValue value, Origin origin, MappingRun run)
    {
        if (value.Kind != JsonKind.Array) return One(value, origin, run);
        if (value.Count > 1) return run.Refuse("several", MappingMessages.SeveralItems(value.Count), origin.Pointer, value);
        return value.Count == 0 ? JsonValue.Null : One(value[0], origin.At(0), run);
    }

    JsonValue Paste(JsonValue value, Origin origin, MappingRun run)
    {
        if (value.Kind != JsonKind.Array) return One(value, origin, run);
        var parts = Each(value.ItemSpan, origin.At(0), run).Items.Select(part => part.StringOrNull ?? "").ToList();
        if (parts.Count == 0) return JsonValue.Null;
        return parts.Find(part => part.Contains(Separator, StringComparison.Ordinal)) is { } part
            ? run.Refuse("join", MappingMessages.SeparatorInPart(Separator), origin.Pointer, part)
            : string.Join(Separator, parts);
    }
}

/// <summary>What texts became, for documents of which most texts are the same: a converter always makes the same of one. Not thread-safe.</summary>
sealed class KnownConversions
{
    /// <summary>So many are kept; then it begins anew.</summary>
    public const int MaxKept = 20_000;

    readonly Dictionary<(Func<JsonValue, Converted> By, string Text), Converted> known = new(new ByText());

    public int Count => known.Count;

    public Converted Convert(Func<JsonValue, Converted> by, JsonValue value)
    {
        if (value.StringOrNull is not { } text) return by(value);
        if (known.TryGetValue((by, text), out var converted)) return converted;
        if (known.Count >= MaxKept) known.Clear();
        return known[(by, text)] = by(value);
    }

    sealed class ByText : IEqualityComparer<(Func<JsonValue, Converted> By, string Text)>
    {
        public bool Equals((Func<JsonValue, Converted> By, string Text) one, (Func<JsonValue, Converted> By, string Text) other) => ReferenceEquals(one.By, other.By) && string.Equals(one.Text, other.Text, StringComparison.Ordinal);

        public int GetHashCode((Func<JsonValue, Converted> By, string Text) one) => HashCode.Combine(RuntimeHelpers.GetHashCode(one.By), one.Text.GetHashCode(StringComparison.Ordinal));
    }
}

/// <summary>Where a value was read. Its pointer is made only for what is refused.</summary>
readonly record struct Origin(Route From, ReadScope Read, int Item = -1)
{
    public string Pointer => Item < 0 ? From.Pointer(Read) : $"{From.Pointer(Read)}/{Item}";

    public Origin At(int item) => this with { Item = item };
}
