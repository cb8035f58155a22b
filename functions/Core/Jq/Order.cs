using System.Numerics;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>jq's order and equality. Both walk with a stack of their own, so that deep values cannot exhaust the thread's.</summary>
static class Order
{
    /// <summary>What a comparison gives for values nested deeper than <see cref="JqLimits.Nesting"/>, and when a limit is met.</summary>
    public const int TooDeep = int.MinValue;

    /// <summary>null, false, true, numbers, strings, arrays, objects; -1, 0 or 1, or <see cref="TooDeep"/>.</summary>
    public static int Compare(Evaluator e, JsonValue left, JsonValue right)
    {
        var order = left.IsNumber && right.IsNumber ? OfNumbers(e, left, right) : CompareOthers(e, left, right);
        return e.HasStopped ? TooDeep : order;
    }

    static int CompareOthers(Evaluator e, JsonValue left, JsonValue right)
    {
        if (left.Kind == JsonKind.Array && right.Kind == JsonKind.Array && TryFlat(e, left.Items, right.Items, out var flat)) return flat;
        var order = Shallow(e, left, right, out var pair);
        if (pair is null) return order;
        var open = new Stack<Pair>();
        open.Push(pair);
        while (open.TryPeek(out var top))
        {
            if (!e.Visit()) return TooDeep;
            if (top.At == Math.Min(top.Left.Count, top.Right.Count))
            {
                if (top.Left.Count != top.Right.Count) return top.Left.Count < top.Right.Count ? -1 : 1;
                open.Pop();
                continue;
            }

            var at = top.At++;
            order = Shallow(e, top.Left[at], top.Right[at], out pair);
            if (pair is null && order != 0) return order;
            if (pair is null) continue;
            if (open.Count > JqLimits.Nesting) return TooDeep;
            open.Push(pair);
        }

        return 0;
    }

    // Most arrays that are compared are short keys, told apart before anything inside them needs a look.
    static bool TryFlat(Evaluator e, IReadOnlyList<JsonValue> left, IReadOnlyList<JsonValue> right, out int order)
    {
        order = 0;
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (!e.Spend(Prices.CompareSteps)) return true;
            order = Shallow(e, left[i], right[i], out var inside);
            if (inside is not null) return false;
            if (order != 0) return true;
        }

        order = left.Count.CompareTo(right.Count);
        return true;
    }

    /// <summary>1 if equal, 0 if not, or <see cref="TooDeep"/>; members in any order.</summary>
    public static int Equal(Evaluator e, JsonValue left, JsonValue right)
    {
        if (left.IsNumber && right.IsNumber) return OfNumbers(e, left, right) == 0 ? 1 : 0;
        if (left.Kind != right.Kind) return 0;
        if (left.Kind < JsonKind.Array) return Shallow(e, left, right, out _) != 0 ? 0 : e.HasStopped ? TooDeep : 1;
        if (left.Count != right.Count) return 0;
        if (left.Count == 0) return 1;
        var open = new Stack<Pair>();
        if (!Open(e, left, right, open)) return 0;
        while (open.TryPeek(out var top))
        {
            if (!e.Spend(Prices.CompareSteps)) return TooDeep;
            if (top.At == top.Left.Count)
            {
                open.Pop();
                continue;
            }

            var at = top.At++;
            JsonValue x = top.Left[at], y = top.Right[at];
            if (x.Kind != y.Kind) return 0;
            if (x.Kind < JsonKind.Array)
            {
                if (Shallow(e, x, y, out _) != 0) return 0;
            }
            else
            {
                if (open.Count > JqLimits.Nesting) return TooDeep;
                if (!Open(e, x, y, open)) return 0;
            }
        }

        return 1;
    }

    /// <summary>Strings by code points, which differs from UTF-16 beyond the basic plane.</summary>
    public static int Strings(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length.CompareTo(right.Length);
        char x = left[common], y = right[common];
        if (char.IsSurrogate(x) != char.IsSurrogate(y)) return char.IsSurrogate(x) ? 1 : -1;
        return x < y ? -1 : 1;
    }

    /// <summary>The names of an object in order; not to be changed.</summary>
    public static string[] Names(Evaluator e, JsonValue target) => Shape(e, Members(e, target)).Names;

    // Objects that are compared are mostly of one shape: that of the last is kept.
    static ObjectShape Shape(Evaluator e, JsonMembers members)
    {
        e.Visit(members.Count);
        if (e.Shape is { } last && last.Fits(members)) return last;
        e.Spend(Prices.MemberSteps * (long)members.Count * (1 + BitOperations.Log2((uint)members.Count | 1)));
        return e.Shape = ObjectShape.Of(members);
    }

    static JsonMembers Members(Evaluator e, JsonValue target)
    {
        e.Opens(target);
        return target.Members as JsonMembers ?? JsonMembers.Of([.. target.Members]);
    }

    static int OfNumbers(Evaluator e, JsonValue left, JsonValue right) =>
        !left.KeepsLiteral && !right.KeepsLiteral ? Numbers.Compare(left, right)
        : e.Spend((left.TextLength + right.TextLength) / Prices.DigitsAStep) ? Numbers.Compare(left, right) : 0;

    static int Texts(Evaluator e, string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        return length < Prices.ComparedAStep || e.Spend(length / Prices.ComparedAStep) ? Strings(left, right) : 0;
    }

    static int Shallow(Evaluator e, JsonValue left, JsonValue right, out Pair? inside)
    {
        inside = null;
        int x = Rank(left), y = Rank(right);
        if (x != y) return x < y ? -1 : 1;
        switch (left.Kind)
        {
            case JsonKind.Number:
                return OfNumbers(e, left, right);
            case JsonKind.String:
                return Math.Sign(Texts(e, left.AsString(), right.AsString()));
            case JsonKind.Array:
                if (e.Spend(Prices.PairSteps) && e.Opens(left) && e.Opens(right)) inside = new Pair(left.Items, right.Items);
                return 0;
            case JsonKind.Object:
                return Objects(e, left, right, out inside);
            default:
                return 0;
        }
    }

    // Objects compare first by their sets of names, then value by value.
    static int Objects(Evaluator e, JsonValue left, JsonValue right, out Pair? inside)
    {
        inside = null;
        if (!e.Spend(Prices.PairSteps)) return 0;
        JsonMembers mine = Members(e, left), theirs = Members(e, right);
        ObjectShape shape = Shape(e, mine), other = Shape(e, theirs);
        string[] names = shape.Names, others = other.Names;
        for (var i = 0; names != others && i < Math.Min(names.Length, others.Length); i++)
        {
            var order = Texts(e, names[i], others[i]);
            if (order != 0) return Math.Sign(order);
        }

        if (names.Length != others.Length) return names.Length < others.Length ? -1 : 1;
        if (!e.HasStopped) inside = new Pair(shape.Values(mine), other.Values(theirs));
        return 0;
    }

    static bool Open(Evaluator e, JsonValue left, JsonValue right, Stack<Pair> open)
    {
        if (!e.Spend(Prices.PairSteps) || !e.Opens(left) || !e.Opens(right)) return false;
        if (left.IsSame(right) && !HasNumbers(left)) return true;
        if (left.Count != right.Count) return false;
        if (left.Kind == JsonKind.Array)
        {
            open.Push(new Pair(left.Items, right.Items));
            return true;
        }

        if (!e.Spend(2L * Prices.MemberSteps * left.Count)) return false;
        var mine = new List<JsonValue>(left.Count);
        var theirs = new List<JsonValue>(left.Count);
        foreach (var (name, value) in left.Members)
        {
            if (!right.TryGet(name, out var other) || (right.IsUnread && !e.Reads(right.Count, other))) return false;
            mine.Add(value);
            theirs.Add(other);
        }

        open.Push(new Pair(mine, theirs));
        return true;
    }

    // A NaN inside is not equal to itself; only an empty container is known to hold none.
    static bool HasNumbers(JsonValue container) => container.Count > 0;

    static int Rank(JsonValue value) => value.Kind == JsonKind.Boolean ? (value.AsBoolean() ? 2 : 1) : value.Kind == JsonKind.Null ? 0 : (int)value.Kind + 1;

    sealed class Pair(IReadOnlyList<JsonValue> left, IReadOnlyList<JsonValue> right)
    {
        public int At;

        public IReadOnlyList<JsonValue> Left => left;

        public IReadOnlyList<JsonValue> Right => right;
    }
}
