namespace Interop.Core.Messages;

/// <summary>A tenant: a police force or an agency, such as <c>northshire</c>.</summary>
public readonly record struct OrganisationId
{
    readonly string? value;

    /// <summary>The id written as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">It is not of the required shape.</exception>
    public OrganisationId(string value) => this.value = IdText.Demand(IdText.Name("an organisation", value), value, nameof(value));

    /// <summary>The id's text; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default OrganisationId names nothing.");

    /// <summary>The id written as <paramref name="text"/>, or the problem <c>id</c>.</summary>
    public static Outcome<OrganisationId> Parse(string? text) => IdText.Name("an organisation", text) is { } problem ? problem : new OrganisationId(text!);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}

/// <summary>One software product at an organisation, such as <c>rms</c>; unique over a deployment.</summary>
public readonly record struct SystemId
{
    readonly string? value;

    /// <summary>The id written as <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">It is not of the required shape.</exception>
    public SystemId(string value) => this.value = IdText.Demand(IdText.Name("a system", value), value, nameof(value));

    /// <summary>The id's text; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default SystemId names nothing.");

    /// <summary>The id written as <paramref name="text"/>, or the problem <c>id</c>.</summary>
    public static Outcome<SystemId> Parse(string? text) => IdText.Name("a system", text) is { } problem ? problem : new SystemId(text!);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}
