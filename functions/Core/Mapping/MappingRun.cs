using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>One translation of one document.</summary>
/// <param name="Problems">What was found so far.</param>
/// <param name="Trace">Where what was read is to be written; only kept when problems of the target must be told in the terms of the document that came.</param>
sealed record MappingRun(ProblemList Problems, MappingTrace? Trace)
{
    List<Action>? atEnd;
    List<(Route To, WriteScope Scope)>? failed;
    byte[]? seed;

    /// <summary>What is known of runs before; null if that is not kept.</summary>
    public MappingRerun? Before { get; init; }

    /// <summary>How many values were written so far: whether a group wrote anything.</summary>
    public int Writes { get; set; }

    public void Write(Route to, WriteScope scope, JsonValue value)
    {
        if (to.Write(scope, value)) Writes++;
    }

    /// <summary>Notes that what was to be written there was refused.</summary>
    public void Failed(Route to, WriteScope scope) => (failed ??= []).Add((to, scope));

    /// <summary>Whether nothing stands at a place because what was to be written there was refused.</summary>
    public bool IsFailed(Route to, WriteScope scope)
    {
        if (failed is null) return false;
        var (place, start) = (to.Reach(scope, makeItems: false), scope.Out(to.Up).Item);
        return failed.Exists(one => place is null ? one.To.Text == to.Text && ReferenceEquals(one.Scope.Out(one.To.Up).Item, start) : ReferenceEquals(one.To.Reach(one.Scope, makeItems: false), place));
    }

    /// <summary>The id of the thing at a pointer of the document that came.</summary>
    public string IdOf(JsonValue document, string pointer) => MadeId.Of(seed ??= MadeId.Seed(document), pointer);

    /// <summary>Asks something of what was written once all of it is.</summary>
    public void AtEnd(Action ask) => (atEnd ??= []).Add(ask);

    public void End() => atEnd?.ForEach(ask => ask());

    public JsonValue Refuse(string rule, string message, string pointer, JsonValue value)
    {
        Problems.Add(new Problem(rule, message, pointer, Problem.Preview(Typed.TextOf(value) ?? value.ToString())));
        return JsonValue.Null;
    }
}
