using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>What was found at a path: a value, or that more than one matches.</summary>
readonly record struct Found(JsonValue Value, bool Several = false);

/// <summary>A path compiled against a schema; reads documents and writes drafts.</summary>
/// <param name="Text">The path as written, for messages.</param>
/// <param name="Up">Where it begins: see <see cref="MappingPath.Up"/>.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Many">Whether it names a list's items rather than one value: what an <c>each</c> repeats over.</param>
sealed record Route(string Text, int Up, ImmutableArray<RouteStep> Steps, bool Many)
{
    /// <summary>The pointer of the members it begins with, up to the first list.</summary>
    public string MembersPointer => string.Concat(Steps.TakeWhile(step => step is RouteStep.Member).Select(step => ((RouteStep.Member)step).Segment));

    public Found Read(ReadScope scope)
    {
        var here = new Found(scope.Out(Up).Item);
        foreach (var step in Steps)
        {
            if (here.Value.IsNull && step is not RouteStep.Holds) return here;
            var parent = here.Value;
            here = step.Read(parent, scope);
            if (here.Several) return here;
        }

        return here;
    }

    /// <summary>The items that a group repeats over.</summary>
    public IEnumerable<ReadScope> Items(ReadScope scope)
    {
        var upTo = Steps.Length > 0 && Steps[^1] is RouteStep.Where { Pick: null } ? Steps.Length - 1 : Steps.Length;
        var list = this with { Steps = Steps[..upTo] };
        var found = list.Read(scope);
        if (found.Value.IsNull) yield break;
        var pointer = list.Pointer(scope);
        if (found.Value.Kind != JsonKind.Array)
        {
            if (upTo == Steps.Length || ((RouteStep.Where)Steps[^1]).Matches(found.Value, scope)) yield return new ReadScope(found.Value, pointer, scope);
            yield break;
        }

        for (var at = 0; at < found.Value.Items.Count; at++)
        {
            var item = found.Value.Items[at];
            if (upTo == Steps.Length || ((RouteStep.Where)Steps[^1]).Matches(item, scope)) yield return new ReadScope(item, $"{pointer}/{at}", scope);
        }
    }

    /// <summary>The JSON Pointer of what the path names, as far as it is there; walked again, because only problems need it.</summary>
    public string Pointer(ReadScope scope)
    {
        var start = scope.Out(Up);
        var (here, pointer) = (start.Item, start.Pointer);
        foreach (var step in Steps)
        {
            if (here.IsNull && step is not RouteStep.Member) break;
            pointer += step.Pointer(here, scope);
            here = step.Read(here, scope).Value;

            // Of a list without the item there is nothing further to name.
            if (here.IsNull && step is not RouteStep.Member) break;
        }

        return pointer;
    }

    /// <summary>The draft's node at the path, made with all above it. Null if a list's item would have to be made and must not be.</summary>
    public Draft? Reach(WriteScope scope, bool makeItems = true)
    {
        var here = scope.Out(Up).Item;
        foreach (var step in Steps)
        {
            if (step.Reach(here, makeItems) is not { } next) return null;
            here = next;
        }

        return here;
    }

    /// <returns>Whether anything was written: that a list does not hold a value leaves nothing.</returns>
    public bool Write(WriteScope scope, JsonValue value)
    {
        if (Steps.Length == 0 || Steps[^1] is not RouteStep.Holds holds) Reach(scope)!.Set(value);
        else if (value == JsonValue.True) (this with { Steps = Steps[..^1] }).Reach(scope)!.Include(holds.Value);
        else return false;
        return true;
    }

    /// <summary>A scope for a new item of a group.</summary>
    public WriteScope NewItem(WriteScope scope)
    {
        if (!Many) return new WriteScope(() => Reach(scope)!, scope);
        if (Steps.Length == 0 || Steps[^1] is not RouteStep.Where where) return Made(Reach(scope)!.Append(), scope);
        var list = (this with { Steps = Steps[..^1] }).Reach(scope)!;
        return Made(where.Make(list), scope);
    }

    static WriteScope Made(Draft item, WriteScope scope) => new(() => item, scope);
}
