using System.Runtime.CompilerServices;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>A binary operator.</summary>
delegate JsonValue Operation(Machine machine, JsonValue left, JsonValue right);

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
        ["=="] = (m, l, r) => Checked(m, Order.Equal(l, r), Errors.EqualityTooDeep, equal => equal == 1),
        ["!="] = (m, l, r) => Checked(m, Order.Equal(l, r), Errors.EqualityTooDeep, equal => equal == 0),
        ["<"]  = (m, l, r) => Checked(m, Order.Compare(l, r), Errors.ComparisonTooDeep, order => order < 0),
        ["<="] = (m, l, r) => Checked(m, Order.Compare(l, r), Errors.ComparisonTooDeep, order => order <= 0),
        [">"]  = (m, l, r) => Checked(m, Order.Compare(l, r), Errors.ComparisonTooDeep, order => order > 0),
        [">="] = (m, l, r) => Checked(m, Order.Compare(l, r), Errors.ComparisonTooDeep, order => order >= 0),
    };

    public static JsonValue Add(Machine m, JsonValue left, JsonValue right) => (left.Kind, right.Kind) switch
    {
        (JsonKind.Null, _) => right,
        (_, JsonKind.Null) => left,
        (JsonKind.Number, JsonKind.Number) => left.AsNumber() + right.AsNumber(),
        (JsonKind.String, JsonKind.String) => m.Charge(2L * (left.AsString().Length + right.AsString().Length)) ? left.AsString() + right.AsString() : default,
        (JsonKind.Array, JsonKind.Array) => right.Count == 0 ? left : m.Charge(8L * (left.Count + right.Count)) ? JsonValue.Of([.. left.Items, .. right.Items]) : default,
        (JsonKind.Object, JsonKind.Object) => right.Count == 0 ? left : m.Charge(32L * (left.Count + right.Count)) ? JsonValue.Of(left.Members.Concat(right.Members)) : default,
        _ => m.Fail(Errors.Types(left, right, "cannot be added")),
    };

    public static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    static JsonValue Checked(Machine m, int result, string tooDeep, Func<int, bool> test) => result == Order.TooDeep ? m.Fail(tooDeep) : test(result);

    static JsonValue Subtract(Machine m, JsonValue left, JsonValue right)
    {
        switch (left.Kind, right.Kind)
        {
            case (JsonKind.Number, JsonKind.Number):
                return left.AsNumber() - right.AsNumber();
            case (JsonKind.Array, JsonKind.Array):
                var kept = new List<JsonValue>();
                foreach (var item in left.Items)
                {
                    var found = 0;
                    foreach (var drop in right.Items)
                        if ((found = Order.Equal(item, drop)) != 0) break;
                    if (found == Order.TooDeep) return m.Fail(Errors.EqualityTooDeep);
                    if (found == 0) kept.Add(item);
                }

                return JsonValue.Of(kept.ToArray());
            default:
                return m.Fail(Errors.Types(left, right, "cannot be subtracted"));
        }
    }

    static JsonValue Multiply(Machine m, JsonValue left, JsonValue right) => (left.Kind, right.Kind) switch
    {
        (JsonKind.Number, JsonKind.Number) => left.AsNumber() * right.AsNumber(),
        (JsonKind.String, JsonKind.Number) => Repeated(m, left.AsString(), right.AsNumber()),
        (JsonKind.Number, JsonKind.String) => Repeated(m, right.AsString(), left.AsNumber()),
        (JsonKind.Object, JsonKind.Object) => Merge(m, left, right, 0),
        _ => m.Fail(Errors.Types(left, right, "cannot be multiplied")),
    };

    static JsonValue Repeated(Machine m, string text, double times)
    {
        if (!(times >= 0)) return JsonValue.Null;
        var count = text.Length == 0 ? 0 : Math.Truncate(times);
        if (count * text.Length >= int.MaxValue / 2) return m.Fail(Errors.RepeatTooLong);
        return m.Charge(2L * (long)count * text.Length) ? Repeat(text, (int)count) : default;
    }

    static JsonValue Merge(Machine m, JsonValue left, JsonValue right, int depth)
    {
        if (depth > JqLimits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return m.Fail(Errors.MergeTooDeep);
        if (!m.Charge(32L * (left.Count + right.Count))) return default;
        var merged = new List<KeyValuePair<string, JsonValue>>(left.Members);
        foreach (var (name, value) in right.Members)
        {
            var both = value.Kind == JsonKind.Object && left[name].Kind == JsonKind.Object;
            merged.Add(KeyValuePair.Create(name, both ? Merge(m, left[name], value, depth + 1) : value));
        }

        return JsonValue.Of(merged);
    }

    static JsonValue Divide(Machine m, JsonValue left, JsonValue right) => (left.Kind, right.Kind) switch
    {
        (JsonKind.Number, JsonKind.Number) => right.AsNumber() == 0
            ? m.Fail(Errors.Types(left, right, "cannot be divided because the divisor is zero"))
            : left.AsNumber() / right.AsNumber(),
        (JsonKind.String, JsonKind.String) => Texts.Split(m, left.AsString(), right.AsString()),
        _ => m.Fail(Errors.Types(left, right, "cannot be divided")),
    };

    static JsonValue Remainder(Machine m, JsonValue left, JsonValue right)
    {
        if (left.Kind != JsonKind.Number || right.Kind != JsonKind.Number) return m.Fail(Errors.Types(left, right, "cannot be divided (remainder)"));
        if (double.IsNaN(left.AsNumber()) || double.IsNaN(right.AsNumber())) return Numbers.NaN;
        var divisor = Numbers.ToLong(right.AsNumber());
        if (divisor == 0) return m.Fail(Errors.Types(left, right, "cannot be divided (remainder) because the divisor is zero"));
        divisor = divisor == long.MinValue ? long.MaxValue : Math.Abs(divisor);
        return Numbers.ToLong(left.AsNumber()) % divisor;
    }
}
