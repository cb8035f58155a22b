using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place at which the values of a field are tried.</summary>
/// <param name="Fact">The field.</param>
/// <param name="Here">Where it reads.</param>
/// <param name="There">Where it writes; null if nowhere.</param>
/// <param name="Pointer">The place in the document.</param>
sealed record FieldSite(FieldFact Fact, FieldPlace Here, FieldPlace? There, string Pointer)
{
    public ScalarShape? Own => SampleValues.ItemOf(Here);

    public ScalarShape? Other => There is null ? null : SampleValues.ItemOf(There);

    public string? Converter => Fact.Syntax switch
    {
        FieldSyntax.Copy copy => copy.Converter?.Name,
        FieldSyntax.Parts parts => parts.Converter?.Name,
        FieldSyntax.Combined combined => combined.Kind.Name,
        _ => null,
    };

    public string Target => There?.Path ?? "";
}

/// <summary>A value that was tried. Whether the document is valid at all is asked only where something came of it.</summary>
sealed class FieldAttempt(JsonValue value, Execution execution, Trial trial, Side side)
{
    bool? isValid;

    public JsonValue Value => value;

    public Execution Execution => execution;

    public bool IsValid => isValid ??= trial.IsValid(side, execution.Document);
}
