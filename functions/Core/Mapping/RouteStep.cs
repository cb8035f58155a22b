using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

abstract record RouteStep
{
    const int MaxIndexed = 10_000;

    RouteStep()
    {
    }

    public abstract Found Read(JsonValue here, ReadScope scope);

    /// <summary>What the step adds to a JSON Pointer.</summary>
    public abstract string Pointer(JsonValue here, ReadScope scope);

    public abstract Draft? Reach(Draft here, bool makeItems);

    public sealed record Member(string Name) : RouteStep
    {
        /// <summary>The name as JSON Pointer writes it.</summary>
        public string Segment { get; } = SegmentOf(Name);

        public static string SegmentOf(string name) => "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

        public override Found Read(JsonValue here, ReadScope scope) => new(here[Name]);

        public override string Pointer(JsonValue here, ReadScope scope) => Segment;

        public override Draft Reach(Draft here, bool makeItems) => here.Member(Name);
    }

    public sealed record Index(int At) : RouteStep
    {
        public override Found Read(JsonValue here, ReadScope scope) => new(here[At]);

        public override string Pointer(JsonValue here, ReadScope scope) => $"/{At}";

        public override Draft? Reach(Draft here, bool makeItems)
        {
            if (!makeItems && here.Items.Length <= At) return null;
            while (here.Items.Length <= Math.Min(At, MaxIndexed)) here.Append();
            return here.Items[At];
        }
    }

    /// <summary>The one item that matches, or of several the one picked.</summary>
    public sealed record Where(ImmutableArray<RouteCondition> Conditions, int? Pick) : RouteStep
    {
        public override Found Read(JsonValue here, ReadScope scope)
        {
            var matches = 0;
            var first = JsonValue.Null;
            foreach (var item in here.Kind == JsonKind.Array ? here.ItemSpan : new ReadOnlySpan<JsonValue>(in here))
            {
                if (!Matches(item, scope)) continue;
                if (matches++ == Pick) return new Found(item);
                if (matches == 1) first = item;
            }

            return new Found(Pick is null ? first : JsonValue.Null, Several: Pick is null && matches > 1);
        }

        public bool Matches(JsonValue item, ReadScope scope)
        {
            foreach (var condition in Conditions)
            {
                if (!condition.Matches(item, scope)) return false;
            }

            return true;
        }

        public override string Pointer(JsonValue here, ReadScope scope)
        {
            if (here.Kind != JsonKind.Array) return "";
            var wanted = Pick ?? 0;
            for (var at = 0; at < here.Count; at++)
            {
                if (Matches(here[at], scope) && wanted-- == 0) return $"/{at}";
            }

            return "";
        }

        public override Draft? Reach(Draft here, bool makeItems)
        {
            var left = Pick ?? 0;
            foreach (var item in here.Items)
            {
                if (Stands(item) && left-- == 0) return item;
            }

            if (!makeItems) return null;
            var made = here;
            for (; left >= 0; left--) made = Make(here);
            return made;
        }

        bool Stands(Draft item)
        {
            foreach (var condition in Conditions)
            {
                if (!condition.Stands(item)) return false;
            }

            return true;
        }

        public Draft Make(Draft list)
        {
            var item = list.Append();
            foreach (var condition in Conditions) condition.Write(item);
            return item;
        }
    }

    /// <summary>Always the last step; written by <see cref="Route.Write"/>.</summary>
    public sealed record Holds(JsonValue Value) : RouteStep
    {
        public override Found Read(JsonValue here, ReadScope scope) => new(JsonValue.Of(here.Kind == JsonKind.Array && here.ItemSpan.Contains(Value)));

        public override string Pointer(JsonValue here, ReadScope scope) => "";

        public override Draft Reach(Draft here, bool makeItems) => here;
    }
}

/// <summary>A condition of a discriminator. Exactly one of <paramref name="Literal"/> and <paramref name="Reference"/> is there; one with a reference is only read.</summary>
/// <param name="Path">The member, from the item.</param>
/// <param name="InList">Whether the member is a list that must hold the value.</param>
/// <param name="Literal">The value stated.</param>
/// <param name="Reference">Where the value stands.</param>
sealed record RouteCondition(ImmutableArray<string> Path, bool InList, JsonValue? Literal, Route? Reference)
{
    public bool Matches(JsonValue item, ReadScope scope)
    {
        foreach (var name in Path) item = item[name];
        var wanted = Literal ?? Reference!.Read(scope).Value;
        if (wanted.IsNull || item.IsNull) return false;
        return item.Kind == JsonKind.Array ? item.ItemSpan.Contains(wanted) : item == wanted;
    }

    public bool Stands(Draft item)
    {
        foreach (var name in Path)
        {
            if (item.Find(name) is not { } next) return false;
            item = next;
        }

        return InList ? item.Holds(Literal!.Value) : item.Is(Literal!.Value);
    }

    public void Write(Draft item)
    {
        foreach (var name in Path) item = item.Member(name);
        if (InList) item.Include(Literal!.Value);
        else item.Set(Literal!.Value);
    }
}
