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

    // Where a group chooses items, its list is one step before.
    int ListSteps => Steps is [.., RouteStep.Where { Pick: null }] ? Steps.Length - 1 : Steps.Length;

    public Found Read(ReadScope scope) => Read(scope, Steps.Length);

    Found Read(ReadScope scope, int upTo)
    {
        var here = new Found(scope.Out(Up).Item);
        for (var at = 0; at < upTo; at++)
        {
            var step = Steps[at];
            if (here.Value.IsNull && step is not RouteStep.Holds) return here;
            here = step.Read(here.Value, scope);
            if (here.Several) return here;
        }

        return here;
    }

    /// <summary>The items that a group repeats over.</summary>
    public List<ReadScope> Items(ReadScope scope)
    {
        var upTo = ListSteps;
        var found = Read(scope, upTo).Value;
        var where = upTo == Steps.Length ? null : (RouteStep.Where)Steps[^1];
        if (found.Kind != JsonKind.Array) return found.IsNull || where?.Matches(found, scope) == false ? [] : [new ReadScope(found, scope, this)];
        var items = found.ItemSpan;
        var chosen = new List<ReadScope>(items.Length);
        for (var at = 0; at < items.Length; at++)
            if (where is null || where.Matches(items[at], scope)) chosen.Add(new ReadScope(items[at], scope, this, at));
        return chosen;
    }

    /// <summary>The JSON Pointer of what the path names, as far as it is there; walked again, because only problems need it.</summary>
    public string Pointer(ReadScope scope) => Pointer(scope, Steps.Length);

    /// <summary>The JSON Pointer of what a group repeats over, or of its one item.</summary>
    public string PointerOfGroup(ReadScope scope) => Pointer(scope, Many ? ListSteps : Steps.Length);

    string Pointer(ReadScope scope, int upTo)
    {
        var start = scope.Out(Up);
        var (here, pointer) = (start.Item, start.Pointer);
        for (var at = 0; at < upTo; at++)
        {
            var step = Steps[at];
            if (here.IsNull && step is not RouteStep.Member) break;
            pointer += step.Pointer(here, scope);
            here = step.Read(here, scope).Value;

            // Of a list without the item there is nothing further to name.
            if (here.IsNull && step is not RouteStep.Member) break;
        }

        return pointer;
    }

    /// <summary>The draft's node at the path, made with all above it. Null if a list's item would have to be made and must not be.</summary>
    public Draft? Reach(WriteScope scope, bool makeItems = true) => Reach(scope, makeItems, Steps.Length);

    Draft? Reach(WriteScope scope, bool makeItems, int upTo)
    {
        var here = scope.Out(Up).Item;
        for (var at = 0; at < upTo; at++)
        {
            if (Steps[at].Reach(here, makeItems) is not { } next) return null;
            here = next;
        }

        return here;
    }

    /// <returns>Whether anything was written: that a list does not hold a value leaves nothing.</returns>
    public bool Write(WriteScope scope, JsonValue value)
    {
        if (Steps is not [.., RouteStep.Holds holds]) Reach(scope)!.Set(value);
        else if (value == JsonValue.True) Reach(scope, makeItems: true, Steps.Length - 1)!.Include(holds.Value);
        else return false;
        return true;
    }

    /// <summary>A scope for a new item of a group.</summary>
    public WriteScope NewItem(WriteScope scope)
    {
        if (!Many) return new WriteScope(this, scope);
        return Steps is [.., RouteStep.Where where] ? new WriteScope(where.Make(Reach(scope, makeItems: true, Steps.Length - 1)!), scope) : new WriteScope(Reach(scope)!.Append(), scope);
    }
}
