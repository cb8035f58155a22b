using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Sharing;

/// <summary>Fields of a record, by paths such as <c>/persons/*/name</c>; <c>*</c> stands for any one member or item, and a path includes all below it.</summary>
/// <param name="Allows">True: exactly these are given. False: all but these.</param>
/// <param name="Paths">The paths, split at the slashes.</param>
public sealed record FieldSelection(bool Allows, ImmutableArray<ImmutableArray<string>> Paths)
{
    const string Any = "*";
    const int MostSteps = 20;

    enum Reach
    {
        Outside,
        Above,
        Inside,
    }

    /// <summary>The record with only the fields selected, and the JSON Pointers of what was removed.</summary>
    /// <remarks>A member or item that loses everything it held goes as a whole. What is removed is named from the top: the removed field, not each below it.</remarks>
    public (JsonValue Record, ImmutableArray<string> Removed) Apply(JsonValue record)
    {
        var removed = ImmutableArray.CreateBuilder<string>();
        var kept = Keep(record, [], removed);
        return (kept ?? JsonValue.EmptyObject, removed.ToImmutable());
    }

    /// <summary>Where each path stands in its definition.</summary>
    internal ImmutableArray<Place> Places { get; init; } = [];

    /// <summary>The paths to which nothing of a schema's leads, and where they stand: what they were meant to give is withheld, and what they were meant to withhold is given.</summary>
    public IEnumerable<(string Path, Place Place)> Unknown(Shape shape) => Paths.Zip(Places).Where(one => !Leads(one.First.AsSpan(), shape)).Select(one => (Pointer(one.First), one.Second));

    static bool Leads(ReadOnlySpan<string> path, Shape shape)
    {
        if (path.IsEmpty || shape is AnyShape) return true;
        if (path[0] != Any || shape is not ObjectShape known) return shape.At(path[0]) is { } part && Leads(path[1..], part);
        foreach (var member in known.Members)
            if (Leads(path[1..], member.Shape)) return true;
        return known.Additional is { } other && Leads(path[1..], other);
    }

    /// <summary>Reads the list of paths of a definition's field.</summary>
    internal static FieldSelection Read(SourceFields fields, string name, bool allows)
    {
        var (paths, places) = (ImmutableArray.CreateBuilder<ImmutableArray<string>>(), ImmutableArray.CreateBuilder<Place>());
        foreach (var item in fields.List(name))
        {
            var text = (item as SourceScalar)?.Text ?? "";
            var steps = text.Split('/');
            if (steps is not ["", _, ..] || steps.Skip(1).Any(step => step.Length == 0) || steps.Length > MostSteps)
                fields.Problems.Add(item.Place, "path", $"A path begins with a slash and has 1 to {MostSteps - 1} steps, such as /persons/*/name.", value: text);
            else
            {
                paths.Add([.. steps.Skip(1)]);
                places.Add(item.Place);
            }
        }

        return new FieldSelection(allows, paths.ToImmutable()) { Places = places.ToImmutable() };
    }

    JsonValue? Keep(JsonValue value, ImmutableArray<string> path, ImmutableArray<string>.Builder removed)
    {
        var reach = ReachOf(path);
        if (reach == Reach.Above && value.Kind is JsonKind.Object or JsonKind.Array) return KeepParts(value, path, removed);
        if (reach == Reach.Inside == Allows) return value;
        removed.Add(Pointer(path));
        return null;
    }

    JsonValue? KeepParts(JsonValue value, ImmutableArray<string> path, ImmutableArray<string>.Builder removed)
    {
        if (value.Count == 0) return value;
        var before = removed.Count;
        var parts = value.Kind == JsonKind.Object ? value.Members : value.Items.Select((item, at) => KeyValuePair.Create(at.ToString(CultureInfo.InvariantCulture), item));
        var kept = new List<KeyValuePair<string, JsonValue>>();
        foreach (var (step, part) in parts)
            if (Keep(part, path.Add(step), removed) is { } left) kept.Add(KeyValuePair.Create(step, left));

        if (kept.Count > 0) return value.Kind == JsonKind.Object ? JsonValue.Of(kept) : JsonValue.Of(kept.Select(part => part.Value));
        removed.Count = before;
        removed.Add(Pointer(path));
        return null;
    }

    Reach ReachOf(ImmutableArray<string> path)
    {
        var reach = Reach.Outside;
        foreach (var listed in Paths)
        {
            var common = Math.Min(listed.Length, path.Length);
            var agrees = true;
            for (var at = 0; at < common && agrees; at++) agrees = listed[at] == Any || string.Equals(listed[at], path[at], StringComparison.Ordinal);
            if (!agrees) continue;
            if (listed.Length <= path.Length) return Reach.Inside;
            reach = Reach.Above;
        }

        return reach;
    }

    static string Pointer(ImmutableArray<string> path) => string.Concat(path.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
