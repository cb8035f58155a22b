using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The stack of values, and what is made of those on it.</summary>
sealed partial class Evaluator
{
    void Push(JsonValue value)
    {
        var at = Math.Max(rest + 1, kept);
        if (at == cells.Length) Array.Resize(ref cells, Math.Max(8, at * 2));
        cells[at] = new Cell(value, rest);
        rest = at;
    }

    JsonValue Take()
    {
        ref readonly var top = ref cells[rest];
        rest = top.Below;
        return top.Value;
    }

    void Swap()
    {
        var input = Take();
        Push(current);
        current = input;
        aside--;
    }

    void Again(int deep)
    {
        var input = rest;
        for (; deep > 0; deep--) input = cells[input].Below;
        Push(current);
        current = cells[input].Value;
    }

    // The input of an operation with several operands is below them and needed no more.
    void Drop()
    {
        rest = cells[rest].Below;
        aside--;
    }

    void JumpUnless(int target)
    {
        if (!current.IsTruthy) pc = target;
        current = Take();
        aside--;
    }

    void Object(int parts, string[]? names)
    {
        var count = names?.Length ?? parts / 2;
        var members = new KeyValuePair<string, JsonValue>[count];
        var value = current;
        for (var i = count - 1; i >= 0; i--)
        {
            if (i < count - 1) value = Take();
            if (names is not null)
            {
                members[i] = KeyValuePair.Create(names[i], value);
                continue;
            }

            var key = Take();
            if (key.StringOrNull is not { } name)
            {
                Fail(Errors.ObjectKey(key));
                return;
            }

            members[i] = KeyValuePair.Create(name, value);
        }

        Drop();
        Charge(128 + (32L * count));
        if (names is null) Spend(Prices.NamedObjectSteps);
        current = names is null ? JsonValue.Of(members) : JsonValue.OfDistinct(members);
    }

    void Text(int parts)
    {
        var texts = new string[parts];
        texts[0] = current.AsString();
        for (var i = 1; i < parts; i++) texts[i] = Take().AsString();
        Drop();
        if (Charge(2 * texts.Sum(text => (long)text.Length))) current = string.Concat(texts);
    }

    // An inner list is done, or given up, before an outer one goes on: all share one stack, each knows its own part.
    void ListAdd(ref Slot list)
    {
        if (list.Number == gathered.Length) Array.Resize(ref gathered, Math.Max(8, gathered.Length * 2));
        gathered[list.Number++] = current;
        gatheredCount = list.Number;
        Charge(16);
    }

    void ListEnd(in Slot list)
    {
        Drop();
        current = list.Start == list.Number ? JsonValue.EmptyArray : JsonValue.Of(gathered.AsSpan(list.Start, list.Number - list.Start).ToArray());
        gatheredCount = list.Start;
        Charge(16);
    }
}
