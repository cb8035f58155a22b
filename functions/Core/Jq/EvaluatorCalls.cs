using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Operations, builtins and functions.</summary>
sealed partial class Evaluator
{
    void Binary(Operation operation)
    {
        var right = Take();
        Drop();
        current = operation(this, current, right);
    }

    ReadOnlySpan<JsonValue> Arguments(int arity)
    {
        for (var i = 0; i < arity; i++) arguments[i] = Take();
        if (arity > 0) Drop();
        return arguments.AsSpan(0, arity);
    }

    void Native(Builtin builtin)
    {
        var given = Arguments(builtin.Arity);
        if (builtin.IsBrief || Looks(current, given)) current = builtin.Function!(this, current, given);
    }

    // A function is taken to go through all it is given; what it does beyond that it counts itself.
    bool Looks(JsonValue input, ReadOnlySpan<JsonValue> given)
    {
        var extent = Size(input);
        foreach (var argument in given) extent += Size(argument);
        return Spend(extent / Prices.CharactersAStep) && !failed;
    }

    long Size(JsonValue value)
    {
        Opens(value);
        return value.IsNumber ? value.TextLength : value.Extent;
    }

    bool Generate(Builtin builtin)
    {
        var values = builtin.Generator!(this, current, Arguments(builtin.Arity).ToArray());
        if (failed) return true;
        AddFork(ForkKind.Generator, pc);
        forks[forkCount - 1].Source = values.GetEnumerator();
        return Backtrack();
    }

    Frame Out(int levels)
    {
        var found = frame;
        for (; levels > 0; levels--) found = found.Outer!;
        return found;
    }

    void Call(CallSite site, bool tail)
    {
        stepsLeft -= Prices.FrameSteps * (1 + site.Arguments.Length);
        var outer = Out(site.Levels);
        var entered = site.Code.Framed ? new Frame(outer, site.Code.Slots) : outer;
        for (var i = 0; i < site.Arguments.Length; i++)
        {
            var argument = site.Arguments[i];
            entered.Slots[i].Detail = argument.Code is { } body ? new Closure(body, frame) : Out(argument.Levels).Slots[argument.Slot].Detail;
        }

        Enter(site.Code.Start, entered, tail);
    }

    void Call(Closure closure, bool tail) =>
        Enter(closure.Code.Start, closure.Code.Framed ? new Frame(closure.Frame, closure.Code.Slots) : closure.Frame, tail);

    void Enter(int start, Frame entered, bool tail)
    {
        if (!tail)
        {
            way = new Return(pc, frame, way);
            if (way.Depth > limits.Depth) Stop(Errors.Limit("depth", $"{limits.Depth}"));
        }

        (pc, frame) = (start, entered);
    }
}
