namespace Interop.Core.Messages;

/// <summary>A message as the platform knows it: the same message of the same system always gets the same id.</summary>
public readonly record struct MessageId
{
    readonly string? value;

    /// <summary>The id written as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">It is not of the required shape.</exception>
    public MessageId(string value) => this.value = IdText.Demand(IdText.Derived("a message id", value), value, nameof(value));

    /// <summary>The id's text; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default MessageId names nothing.");

    /// <summary>The id of the message that a system calls <paramref name="sourceMessageId"/>.</summary>
    public static MessageId For(OrganisationId organisation, SystemId system, string sourceMessageId)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceMessageId);
        return new(IdText.Derive("message", organisation.Value, system.Value, sourceMessageId));
    }

    /// <summary>The id written as <paramref name="text"/>, or the problem <c>id</c>.</summary>
    public static Outcome<MessageId> Parse(string? text) => IdText.Derived("a message id", text) is { } problem ? problem : new MessageId(text!);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}

/// <summary>The incident to which all cross-referenced records belong; named after the first reference that led to it, or after the message that was first.</summary>
public readonly record struct SubjectId
{
    readonly string? value;

    /// <summary>The id written as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">It is not of the required shape.</exception>
    public SubjectId(string value) => this.value = IdText.Demand(IdText.Derived("a subject id", value), value, nameof(value));

    /// <summary>The id's text; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default SubjectId names nothing.");

    /// <summary>The id of the subject that a reference leads to, unless something else is known of it.</summary>
    public static SubjectId For(OrganisationId organisation, Reference reference) => new(IdText.Derive("subject", organisation.Value, reference.Kind, reference.Value));

    /// <summary>The id of the subject that <paramref name="first"/> began, which has no reference.</summary>
    public static SubjectId For(OrganisationId organisation, MessageId first) => new(IdText.Derive("subject", organisation.Value, first.Value));

    /// <summary>The id written as <paramref name="text"/>, or the problem <c>id</c>.</summary>
    public static Outcome<SubjectId> Parse(string? text) => IdText.Derived("a subject id", text) is { } problem ? problem : new SubjectId(text!);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}

/// <summary>One execution of a workflow: the same workflow for the same correlation key is the same run.</summary>
public readonly record struct RunId
{
    readonly string? value;

    /// <summary>The id written as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">It is not of the required shape.</exception>
    public RunId(string value) => this.value = IdText.Demand(IdText.Derived("a run id", value), value, nameof(value));

    /// <summary>The id's text; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default RunId names nothing.");

    /// <summary>The id of the run of a workflow for what <paramref name="correlationKey"/> names.</summary>
    public static RunId For(OrganisationId organisation, string workflow, string correlationKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflow);
        ArgumentException.ThrowIfNullOrEmpty(correlationKey);
        return new(IdText.Derive("run", organisation.Value, workflow, correlationKey));
    }

    /// <summary>The id written as <paramref name="text"/>, or the problem <c>id</c>.</summary>
    public static Outcome<RunId> Parse(string? text) => IdText.Derived("a run id", text) is { } problem ? problem : new RunId(text!);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}
