using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>A binary operator.</summary>
delegate JsonValue Operation(Evaluator evaluator, JsonValue left, JsonValue right);

/// <summary>Arithmetic and comparison over all kinds of values.</summary>
static class Operations
{
    public static readonly Dictionary<string, Operation> Table = new(StringComparer.Ordinal)
    {
        ["+"]  = Add,
        ["-"]  = Subtract,
        ["*"]  = Multiply,
        ["/"]  = Divide,
        ["%"]  = Remainder,
        ["=="] = (e, l, r) => Equal(e, l, r) == 1,
        ["!="] = (e, l, r) => Equal(e, l, r) == 0,
        ["<"]  = (e, l, r) => Compare(e, l, r) < 0,
        ["<="] = (e, l, r) => Compare(e, l, r) <= 0,
        [">"]  = (e, l, r) => Compare(e, l, r) > 0,
        [">="] = (e, l, r) => Compare(e, l, r) >= 0,
    };

    public static JsonValue Add(Evaluator e, JsonValue left, JsonValue right) => (left.Kind, right.Kind) switch
    {
        (JsonKind.Null, _) => right,
        (_, JsonKind.Null) => left,
        (JsonKind.Number, JsonKind.Number) => left.AsNumber() + right.AsNumber(),
        (JsonKind.String, JsonKind.String) => e.Charge(2L * (left.AsString().Length + right.AsString().Length)) ? left.AsString() + right.AsString() : default,
        (JsonKind.Array, JsonKind.Array) => right.Count == 0 ? left : e.Changes(left) && e.Charge(16L * right.Count) && e.Opens(right) ? left.Concat(right) : default,
        (JsonKind.Object, JsonKind.Object) => right.Count == 0 ? left : e.Changes(left) && e.Charge(32L * right.Count) && e.Spend((long)Prices.MemberSteps * right.Count) && e.Opens(right) ? Joined(left, right) : default,
        _ => e.Fail(Errors.Types(left, right, "cannot be added")),
    };

    // Each time as much again as is there: a short text many times over is a few copies of long ones.
    public static string Repeat(string text, int times) => string.Create(text.Length * times, text, static (whole, part) =>
    {
        part.CopyTo(whole);
        for (var filled = part.Length; filled < whole.Length; filled *= 2) whole[..Math.Min(filled, whole.Length - filled)].CopyTo(whole[filled..]);
    });

    // A few members more for a big object: what it has already is not copied.
    static JsonValue Joined(JsonValue left, JsonValue right) => right.Count < left.Count / 8
        ? right.Members.Aggregate(left, (joined, member) => joined.With(member.Key, member.Value))
        : JsonValue.Of(left.Members.Concat(right.Members));

    static int Equal(Evaluator e, JsonValue left, JsonValue right)
    {
        var equal = Order.Equal(e, left, right);
        if (equal == Order.TooDeep) e.Fail(Errors.EqualityTooDeep);
        return equal;
    }

    static int Compare(Evaluator e, JsonValue left, JsonValue right)
    {
        var order = Order.Compare(e, left, right);
        if (order == Order.TooDeep) e.Fail(Errors.ComparisonTooDeep);
        return order;
    }

    static JsonValue Subtract(Evaluator e, JsonValue left, JsonValue right)
    {
        switch (left.Kind, right.Kind)
        {
            case (JsonKind.Number, JsonKind.Number):
                return left.AsNumber() - right.AsNumber();
            case (JsonKind.Array, JsonKind.Array):
                if (!e.Opens(left)) return default;
                var kept = new List<JsonValue>();
                var dropped = e.Opens(right) ? right.Items : [];
                foreach (var item in left.Items)
                {
                    var found = 0;
                    foreach (var drop in dropped)
                        if ((found = e.Spend(Prices.CompareSteps) ? Order.Equal(e, item, drop) : Order.TooDeep) != 0) break;
                    if (found == Order.TooDeep) return e.Fail(Errors.EqualityTooDeep);
                    if (found == 0) kept.Add(item);
                }

                return JsonValue.Of(kept.ToArray());
            default:
                return e.Fail(Errors.Types(left, right, "cannot be subtracted"));
        }
    }

    static JsonValue Multiply(Evaluator e, JsonValue left, JsonValue right) => (left.Kind, right.Kind) switch
    {
        (JsonKind.Number, JsonKind.Number) => left.AsNumber() * right.AsNumber(),
        (JsonKind.String, JsonKind.Number) => Repeated(e, left.AsString(), right.AsNumber()),
        (JsonKind.Number, JsonKind.String) => Repeated(e, right.AsString(), left.AsNumber()),
        (JsonKind.Object, JsonKind.Object) => Merge(e, left, right, 0),
        _ => e.Fail(Errors.Types(left, right, "cannot be multiplied")),
    };

    static JsonValue Repeated(Evaluator e, string text, double times)
    {
        if (!(times >= 0)) return JsonValue.Null;
        var count = text.Length == 0 ? 0 : Math.Truncate(times);
        if (count * text.Length >= int.MaxValue / 2) return e.Fail(Errors.RepeatTooLong);
        return count < 1 ? "" : e.Charge(2L * (long)count * text.Length) ? Repeat(text, (int)count) : default;
    }

    static JsonValue Merge(Evaluator e, JsonValue left, JsonValue right, int depth)
    {
        if (depth > JqLimits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return e.Fail(Errors.MergeTooDeep);
        if (!e.Charge(32L * (left.Count + right.Count)) || !e.Spend(Prices.PairSteps + (3L * Prices.MemberSteps * (left.Count + right.Count))) || !e.Opens(left) || !e.Opens(right)) return default;
        var merged = new List<KeyValuePair<string, JsonValue>>(left.Members);
        foreach (var (name, value) in right.Members)
        {
            var both = value.Kind == JsonKind.Object && left[name].Kind == JsonKind.Object;
            merged.Add(KeyValuePair.Create(name, both ? Merge(e, left[name], value, depth + 1) : value));
        }

        return JsonValue.Of(merged);
    }

    static JsonValue Divide(Evaluator e, JsonValue left, JsonValue right) => (left.Kind, right.Kind) switch
    {
        (JsonKind.Number, JsonKind.Number) => right.AsNumber() == 0
            ? e.Fail(Errors.Types(left, right, "cannot be divided because the divisor is zero"))
            : left.AsNumber() / right.AsNumber(),
        (JsonKind.String, JsonKind.String) => Texts.Split(e, left.AsString(), right.AsString()),
        _ => e.Fail(Errors.Types(left, right, "cannot be divided")),
    };

    static JsonValue Remainder(Evaluator e, JsonValue left, JsonValue right)
    {
        if (left.Kind != JsonKind.Number || right.Kind != JsonKind.Number) return e.Fail(Errors.Types(left, right, "cannot be divided (remainder)"));
        if (double.IsNaN(left.AsNumber()) || double.IsNaN(right.AsNumber())) return Numbers.NaN;
        var divisor = Numbers.ToLong(right.AsNumber());
        if (divisor == 0) return e.Fail(Errors.Types(left, right, "cannot be divided (remainder) because the divisor is zero"));
        divisor = divisor == long.MinValue ? long.MaxValue : Math.Abs(divisor);
        return Numbers.ToLong(left.AsNumber()) % divisor;
    }
}
