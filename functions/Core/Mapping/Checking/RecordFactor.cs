using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A level of a factor: what stands there in a full document and in a lean one; null leaves what stands there.</summary>
readonly record struct RecordLevel(JsonValue? Full, JsonValue? Lean)
{
    public static RecordLevel Of(JsonValue value) => new(value, value);

    public JsonValue? In(bool isFull) => isFull ? Full : Lean;
}

/// <summary>What varies.</summary>
/// <param name="Pointer">Where it stands, from the document or the item.</param>
/// <param name="Key">Its place; a list's is that of its items.</param>
/// <param name="Levels">What may stand there.</param>
sealed record RecordFactor(string Pointer, string Key, ImmutableArray<RecordLevel> Levels)
{
    /// <summary>Whether it varies what a field asks there.</summary>
    public bool Has(string decider) => Key == decider || (Key.EndsWith("/*", StringComparison.Ordinal) && decider.StartsWith(Key + "/", StringComparison.Ordinal));

    /// <summary>A document or an item with the levels of a row.</summary>
    /// <param name="start">The document or the item.</param>
    /// <param name="factors">What varies.</param>
    /// <param name="row">The level of each.</param>
    /// <param name="isFull">Whether it is to be a full one.</param>
    /// <param name="without">How a place is taken away.</param>
    public static JsonValue With(JsonValue start, List<RecordFactor> factors, ReadOnlySpan<int> row, bool isFull, Func<JsonValue, string, JsonValue>? without = null)
    {
        var (made, absent) = (start, new List<string>());
        for (var at = 0; at < factors.Count; at++)
        {
            if (factors[at].Levels[row[at]].In(isFull) is not { } value) continue;
            if (value.IsNull) absent.Add(factors[at].Pointer);
            else made = SampleEdit.Put(made, factors[at].Pointer, value);
        }

        return absent.Aggregate(made, without ?? SampleEdit.Without);
    }
}
