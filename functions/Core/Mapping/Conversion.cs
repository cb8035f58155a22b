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
    public JsonValue Apply(JsonValue value, Func<string> pointer, MappingRun run) => Form switch
    {
        ListForm.Wrap => One(value, pointer, run) is { IsNull: false } one ? JsonValue.Of(one) : JsonValue.Null,
        ListForm.Unwrap => Unwrap(value, pointer, run),
        ListForm.Cut => value.StringOrNull is { } text
            ? Each(text.Split(Separator).Select(part => JsonValue.Of(part)), _ => pointer(), run)
            : run.Refuse("type", MappingMessages.NotText(value.Kind), pointer(), value),
        ListForm.Paste => Paste(value, pointer, run),
        _ when value.Kind == JsonKind.Array => Each(value.Items, at => $"{pointer()}/{at}", run),
        _ => One(value, pointer, run),
    };

    JsonValue One(JsonValue value, Func<string> pointer, MappingRun run)
    {
        var converted = Convert(value);
        return converted.Rule is null ? converted.Value : run.Refuse(converted.Rule, converted.Message!, pointer(), value);
    }

    JsonValue Each(IEnumerable<JsonValue> items, Func<int, string> pointer, MappingRun run) =>
        JsonValue.Of(items.Select((item, at) => One(item, () => pointer(at), run)).Where(item => !item.IsNull));

    JsonValue Unwrap(JsonValue value, Func<string> pointer, MappingRun run)
    {
        if (value.Kind != JsonKind.Array) return One(value, pointer, run);
        if (value.Count > 1) return run.Refuse("several", MappingMessages.SeveralItems(value.Count), pointer(), value);
        return value.Count == 0 ? JsonValue.Null : One(value[0], () => $"{pointer()}/0", run);
    }

    JsonValue Paste(JsonValue value, Func<string> pointer, MappingRun run)
    {
        if (value.Kind != JsonKind.Array) return One(value, pointer, run);
        var parts = Each(value.Items, at => $"{pointer()}/{at}", run).Items.Select(part => part.StringOrNull ?? "").ToList();
        if (parts.Count == 0) return JsonValue.Null;
        return parts.Find(part => part.Contains(Separator, StringComparison.Ordinal)) is { } part
            ? run.Refuse("join", MappingMessages.SeparatorInPart(Separator), pointer(), part)
            : string.Join(Separator, parts);
    }
}
