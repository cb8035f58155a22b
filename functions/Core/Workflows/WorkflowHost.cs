using System.Collections.Immutable;

namespace Interop.Core.Workflows;

/// <summary>What a host offers to the workflows it loads.</summary>
/// <param name="Functions">The functions that <c>call</c> may name, beside those of <c>use.functions</c>.</param>
public sealed record WorkflowHost(ImmutableArray<HostFunction> Functions)
{
    /// <summary>The platform's own: deliver, lookup and map.</summary>
    public static WorkflowHost Platform { get; } = new(
    [
        new HostFunction("deliver", ["to", "message", "record"], ["purpose", "justification", "answers"]),
        new HostFunction("lookup", ["record"], []),
        new HostFunction("map", ["mapping", "record"], ["direction"]),
    ]);
}

/// <summary>A function of the host and the arguments its <c>with</c> takes.</summary>
public sealed record HostFunction(string Name, ImmutableArray<string> Required, ImmutableArray<string> Optional);
