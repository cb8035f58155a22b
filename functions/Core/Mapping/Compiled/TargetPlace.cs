using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A place of the target while a plan is made: what writes it, or what is written below it.</summary>
sealed class TargetPlace(Form form, bool isNamed = false)
{
    readonly SortedDictionary<int, TargetPlace> members = [];
    readonly List<Source> sources = [];
    readonly List<Claim> claims = [];
    Target? leaf;
    (int Scope, byte[] Json)? standing;

    /// <param name="Named">The discriminator of a named item.</param>
    /// <param name="At">The position of an item; with neither, it is a group's.</param>
    /// <param name="Item">The item's place.</param>
    /// <param name="Make">Makes the source, when the item's place is complete.</param>
    sealed record Source(RouteStep.Where? Named, int? At, TargetPlace Item, Func<ItemSource> Make);

    public Form Form => form;

    /// <summary>Whether nothing is written here yet, as a whole or in parts.</summary>
    public bool IsFree => leaf is null && members.Count == 0 && sources.Count == 0;

    /// <summary>The member's place; null if there can be none.</summary>
    public TargetPlace? Member(string name)
    {
        var at = form.Names.IndexOf(name);
        if (at < 0 || leaf is not null || sources.Count > 0) return null;
        if (!members.TryGetValue(at, out var place)) members.Add(at, place = new TargetPlace(form.Members[at]));
        return place;
    }

    /// <param name="target">What writes the place.</param>
    /// <param name="isConditional">Whether it is under a condition: then another may be under one that excludes it.</param>
    public bool Write(Target target, bool isConditional = false)
    {
        if (!IsFree && !(isConditional && leaf is not null)) return false;
        leaf = leaf is null ? target : new EitherTarget(leaf, target);
        return true;
    }

    public bool WriteDefault(int scope, byte[] json)
    {
        if (standing is not null || claims.Exists(claim => claim.Json is not null)) return false;
        standing = (scope, json);
        return true;
    }

    /// <summary>Notes what must hold here of what is written; false if a default stands here, which may come before or after.</summary>
    public bool Claim(Claim claim)
    {
        if (standing is not null && claim.Json is not null) return false;
        claims.Add(claim);
        return true;
    }

    /// <summary>Whether no item here can meet the discriminator.</summary>
    public bool HasNone(RouteStep.Where where) => sources.TrueForAll(source => source.Named is not null && AreDistinct(source.Named, where));

    /// <summary>The item of a discriminator, made or found; null if whether it is there, or in which order, depends on the document.</summary>
    public (TargetPlace Item, bool IsNew)? Named(RouteStep.Where where, bool make)
    {
        if (where.Conditions.Any(condition => condition.Literal is null)) return null;
        if (sources.Find(source => source.Named is { } named && AreSame(named, where)) is { } known) return !make || sources[^1] == known ? (known.Item, false) : null;
        if (!make || form.Item is null || leaf is not null || members.Count > 0 || !HasNone(where)) return null;
        var item = new TargetPlace(form.Item, isNamed: true);
        sources.Add(new Source(where, null, item, () => new NamedItem(item.Build()!, null)));
        return (item, true);
    }

    static bool AreSame(RouteStep.Where one, RouteStep.Where other) =>
        one.Conditions.Length == other.Conditions.Length && one.Conditions.Zip(other.Conditions).All(pair => IsSameMember(pair.First, pair.Second) && pair.First.Literal == pair.Second.Literal);

    // One and the same member is stated with two values.
    static bool AreDistinct(RouteStep.Where one, RouteStep.Where other) =>
        one.Conditions.Any(mine => other.Conditions.Any(theirs => IsSameMember(mine, theirs) && mine.Literal != theirs.Literal));

    static bool IsSameMember(RouteCondition one, RouteCondition other) => one.Path.SequenceEqual(other.Path, StringComparer.Ordinal);

    /// <summary>The item at a position, in a list that has no others; null if there can be none.</summary>
    public TargetPlace? Positioned(int at, bool make)
    {
        if (sources.Find(source => source.At == at) is { } known) return known.Item;
        if (!make || form.Item is null || leaf is not null || members.Count > 0 || sources.Exists(source => source.At is null)) return null;
        var item = new TargetPlace(form.Item, isNamed: true);
        var before = sources.FindIndex(source => source.At > at);
        sources.Insert(before < 0 ? sources.Count : before, new Source(null, at, item, () => new NamedItem(item.Build()!, at)));
        return item;
    }

    /// <summary>The item of a group that repeats; null if there can be none.</summary>
    public TargetPlace? Repeated(Group group)
    {
        if (form.Item is null || leaf is not null || members.Count > 0 || sources.Exists(source => source.At is not null)) return null;
        var item = new TargetPlace(form.Item);
        var mayBeEmpty = form.Item.Names.Count > 0 && form.Item.Required == 0;
        sources.Add(new Source(null, null, item, () => new GroupItems(group, item.Build(), mayBeEmpty)));
        return item;
    }

    /// <summary>What writes the place; null if nothing does.</summary>
    public Target? Build()
    {
        var first = leaf;
        if (sources.Count > 0) first = new ListTarget(form, [.. sources.Select(source => source.Make())]);
        if (members.Count > 0) first = new ObjectTarget(form, [.. Parts()], isNamed);
        if (standing is var (scope, json)) first = new DefaultTarget(scope, first, json);
        return claims.Count > 0 ? new ClaimTarget(first, [.. claims]) : first;
    }

    IEnumerable<MemberTarget> Parts()
    {
        foreach (var (at, place) in members)
        {
            if (place.Build() is { } target) yield return new MemberTarget(new Word([(byte)',', .. JsonValue.Of(form.Names[at]).ToUtf8(), (byte)':']), 1UL << at, target);
        }
    }
}
