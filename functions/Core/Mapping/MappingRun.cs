using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>One translation of one document.</summary>
/// <param name="Problems">What was found so far.</param>
/// <param name="Trace">Where what was read is to be written; only kept when problems of the target must be told in the terms of the document that came.</param>
sealed record MappingRun(ProblemList Problems, MappingTrace? Trace)
{
    public JsonValue Refuse(string rule, string message, string pointer, JsonValue value)
    {
        Problems.Add(new Problem(rule, message, pointer, Problem.Preview(Typed.TextOf(value) ?? value.ToString())));
        return JsonValue.Null;
    }
}
