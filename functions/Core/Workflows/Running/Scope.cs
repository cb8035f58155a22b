using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>What a task sees of the tasks around it: the variables they set, and whether one of them may catch its error.</summary>
sealed record Scope(ImmutableDictionary<string, JsonValue> Locals, ImmutableArray<Catch> Catches, bool IsExtension = false)
{
    public static Scope Outermost { get; } = new(ImmutableDictionary.Create<string, JsonValue>(StringComparer.Ordinal), []);

    public Scope With(string name, JsonValue value) => this with { Locals = Locals.SetItem(name, value) };

    public Scope Inside(Catch caught) => this with { Catches = Catches.Add(caught) };

    /// <summary>A function does not see its caller's variables.</summary>
    public Scope OfFunction() => this with { Locals = Outermost.Locals };

    /// <summary>Whether a try around may catch the failure of a call. Its status and its <c>when</c> are not known before, so they count as caught.</summary>
    public bool MayCatchCall(string pointer) => Catches.Any(caught =>
        Allows(caught.With["type"], type => WorkflowError.Canonical(type) is WorkflowError.Communication or WorkflowError.Authentication or WorkflowError.Authorization or WorkflowError.Validation || !WorkflowError.Canonical(type).StartsWith(WorkflowError.Standard, StringComparison.Ordinal))
        && Allows(caught.With["instance"], instance => instance == pointer));

    static bool Allows(JsonValue filter, Func<string, bool> allows) => filter.StringOrNull is not { } text || allows(text);
}

/// <summary>A task as its expressions see it; the raw output once there is one.</summary>
sealed record View(TaskDefinition Task, JsonValue RawInput, JsonValue Input, DateTimeOffset StartedAt, JsonValue RawOutput = default);
