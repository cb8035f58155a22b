using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>One translation of one document.</summary>
/// <param name="Problems">What was found so far.</param>
/// <param name="Trace">Where what was read is to be written; only kept when problems of the target must be told in the terms of the document that came.</param>
sealed record MappingRun(ProblemList Problems, MappingTrace? Trace)
{
    readonly List<Action> atEnd = [];
    byte[]? seed;

    /// <summary>How many values were written so far: whether a group wrote anything.</summary>
    public int Writes { get; set; }

    public void Write(Route to, WriteScope scope, JsonValue value)
    {
        if (to.Write(scope, value)) Writes++;
    }

    /// <summary>The id of the thing at a pointer of the document that came.</summary>
    public string IdOf(JsonValue document, string pointer) => MadeId.Of(seed ??= MadeId.Seed(document), pointer);

    /// <summary>Asks something of what was written once all of it is.</summary>
    public void AtEnd(Action ask) => atEnd.Add(ask);

    public void End() => atEnd.ForEach(ask => ask());

    public JsonValue Refuse(string rule, string message, string pointer, JsonValue value)
    {
        Problems.Add(new Problem(rule, message, pointer, Problem.Preview(Typed.TextOf(value) ?? value.ToString())));
        return JsonValue.Null;
    }
}
