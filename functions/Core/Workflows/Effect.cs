using Interop.Core.Json;

namespace Interop.Core.Workflows;

/// <summary>Something a run asks the outside world to do, once: closed set, see the nested records.</summary>
/// <param name="Id">The idempotency key.</param>
/// <param name="Task">The JSON Pointer of the task that asks.</param>
public abstract record Effect(EffectId Id, string Task)
{
    /// <summary>Whether the run waits for <see cref="EffectDone"/> or <see cref="EffectFailed"/> with this id. The others are performed and forgotten.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Call one of the host's functions. The answer's output becomes the task's output.</summary>
    /// <param name="Id">The idempotency key.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Name">The function: deliver, lookup, map.</param>
    /// <param name="Arguments">The evaluated <c>with</c>; an object.</param>
    /// <param name="ErrorIsCaught">Whether a try around the task could catch its failure: then report the failure to the run instead of holding the message for a person.</param>
    public sealed record CallFunction(EffectId Id, string Task, string Name, JsonValue Arguments, bool ErrorIsCaught) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => true;
    }

    /// <summary>Send an HTTP request. The answer's output is what <c>output</c> asks for (content, response or raw).</summary>
    /// <param name="Id">The idempotency key.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Arguments">
    /// method, endpoint (a URI), and as the author wrote them headers, query, body, output, redirect; authentication (one member: the scheme);
    /// secrets: an array of { at: JSON Pointer into the arguments, secret: [name, member...] } that the host fills in and keeps to itself.
    /// </param>
    /// <param name="ErrorIsCaught">As for <see cref="CallFunction"/>.</param>
    public sealed record CallHttp(EffectId Id, string Task, JsonValue Arguments, bool ErrorIsCaught) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => true;
    }

    /// <summary>Call an operation that an OpenAPI document describes; <see cref="OpenApi.OpenApiDocument"/> makes the request of it.</summary>
    /// <param name="Id">The idempotency key.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Arguments">document (endpoint, authentication), operationId, parameters, output, redirect, authentication and secrets as for <see cref="CallHttp"/>.</param>
    /// <param name="ErrorIsCaught">As for <see cref="CallFunction"/>.</param>
    public sealed record CallOpenApi(EffectId Id, string Task, JsonValue Arguments, bool ErrorIsCaught) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => true;
    }

    /// <summary>Start a run of another workflow, once. If <paramref name="Awaits"/>, answer with its output when it completes, or with its error.</summary>
    /// <param name="Id">The idempotency key, of which the new run's id is made.</param>
    /// <param name="Task">The task.</param>
    /// <param name="Namespace">The workflow's namespace.</param>
    /// <param name="Name">The workflow's name.</param>
    /// <param name="Version">Its version, or <c>latest</c>.</param>
    /// <param name="Input">The new run's input.</param>
    /// <param name="Awaits">Whether this run waits for the other's end; a cancelled wait cancels the other.</param>
    public sealed record StartRun(EffectId Id, string Task, string Namespace, string Name, string Version, JsonValue Input, bool Awaits) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => Awaits;
    }

    /// <summary>Answer with <see cref="EffectDone"/> (output ignored) at that time or later.</summary>
    public sealed record Timer(EffectId Id, string Task, DateTimeOffset Due) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => true;
    }

    /// <summary>The timer is no longer wanted; if it fires all the same, the run refuses it by name and nothing happens.</summary>
    public sealed record CancelTimer(EffectId Id, string Task, EffectId Target) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => false;
    }

    /// <summary>The answer of a call is no longer wanted; what was already sent stays sent.</summary>
    public sealed record CancelEffect(EffectId Id, string Task, EffectId Target) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => false;
    }

    /// <summary>Publish an event. Its id is the effect's id, unless the definition gives one; the run does not wait.</summary>
    public sealed record Emit(EffectId Id, string Task, JsonValue CloudEvent) : Effect(Id, Task)
    {
        /// <inheritdoc/>
        public override bool IsAnswered => false;
    }
}
