using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// Where the line runs between a loss and a note. What the receiver refuses is a loss where the sender's schema says that it may come, and a note where the sender's schema says nothing of the kind, so that nobody knows.
/// </summary>
static class Stated
{
    // The longest text of a pattern that ends below this has an end.
    const int Unbounded = 1_000;

    /// <summary>The rule of a value that one of the fields refused, or the receiver's schema.</summary>
    /// <param name="problem">The refusal.</param>
    /// <param name="ofTarget">Whether the receiver's schema refused it, and not the field's converter.</param>
    /// <param name="fact">The field.</param>
    /// <param name="here">Where it reads, in the sender's schema.</param>
    /// <param name="value">The value; null if it is absent.</param>
    public static string RuleOf(Problem problem, bool ofTarget, FieldFact fact, FieldPlace here, JsonValue value)
    {
        var list = SampleValues.IsList(here) ? (ArrayShape)here.Resolved.Shape : null;

        // Of one text that is a list elsewhere the separator makes too many items, and empty ones.
        var isCut = list is null && fact.Syntax is FieldSyntax.Copy { List.Separator: { } separator } && value.StringOrNull?.Contains(separator, StringComparison.Ordinal) == true;
        return (ofTarget, problem.Rule) switch
        {
            (true, "min-length" or "max-items") when isCut => CheckRules.Separator,
            (true, "max-items") => list?.MaxItems is null ? CheckRules.OpenValues : CheckRules.Several,

            // Two items may come wherever several may.
            (true, "max-length") when list is { MaxItems: null } && value.Count > 2 => CheckRules.OpenLength,
            _ => RuleOf(problem, ofTarget, SampleValues.ItemOf(here), value),
        };
    }

    static string RuleOf(Problem problem, bool ofTarget, ScalarShape? own, JsonValue value) => (ofTarget, problem.Rule) switch
    {
        (false, "unknown-code") => own is { Allowed.IsEmpty: false } ? CheckRules.CodesMissing : CheckRules.OpenCodes,
        (false, "precision") => CheckRules.Precision,
        (false, "does-not-exist" or "ambiguous") => CheckRules.ClockChange,
        (false, "several") => CheckRules.Several,
        (false, "split" or "join") => CheckRules.Separator,
        (true, "required" or "dependent-required" or "type") when value.IsNull => CheckRules.Required,
        (true, "max-length") => HasLongest(own) ? CheckRules.Length : CheckRules.OpenLength,
        (true, "min-length") => own?.MinLength is not null || (Says(own) && !IsEmpty(value)) ? CheckRules.Length : CheckRules.OpenLength,
        (true, "maximum" or "exclusive-maximum") => own is { Maximum: not null } || HasForm(own) ? CheckRules.Values : CheckRules.OpenValues,
        (true, "minimum" or "exclusive-minimum") => own is { Minimum: not null } || HasForm(own) ? CheckRules.Values : CheckRules.OpenValues,
        (true, "type" or "multiple-of") => !IsText(own) || HasForm(own) ? CheckRules.Values : CheckRules.OpenValues,
        (true, "min-items") when IsEmpty(value) => CheckRules.OpenValues,
        (true, _) => Says(own) ? CheckRules.Values : CheckRules.OpenValues,

        // A pattern of digits says of a number what comes.
        (false, "number") when own is { Patterns.IsEmpty: false } => CheckRules.Values,

        // A converter says itself what comes. A length, or a pattern of digits, says little of a date.
        _ => IsListed(own) || own is { Format: not null } or { Minimum: not null, Maximum: not null } ? CheckRules.Values : CheckRules.OpenValues,
    };

    /// <summary>Whether a schema says how long its texts may be: by their length, their form, the values themselves or the greatest number.</summary>
    public static bool HasLongest(ScalarShape? shape) => shape is not null
        && (shape.MaxLength is not null || IsListed(shape) || shape.Maximum is not null || (shape.Format is not null && ShapeSamples.Stretched(shape, Unbounded) is null)
            || (!shape.Patterns.IsEmpty && ShapeSamples.Stretched(shape, Unbounded) is { Length: < Unbounded / 2 }));

    // Whether it says anything of the value: that it is a text, and no more, is nothing.
    static bool Says(ScalarShape? shape) => HasForm(shape) || !IsText(shape) || shape is { MinLength: not null } or { MaxLength: not null };

    static bool HasForm(ScalarShape? shape) => IsListed(shape) || shape is { Format: not null } or { Patterns.IsEmpty: false };

    static bool IsText(ScalarShape? shape) => shape is null || (shape.Types & JsonTypes.String) != JsonTypes.None;

    static bool IsListed(ScalarShape? shape) => shape is not null && (!shape.Allowed.IsEmpty || (shape.Types & ~JsonTypes.Null) == JsonTypes.Boolean);

    static bool IsEmpty(JsonValue value) => value.StringOrNull is "" || (value.Kind == JsonKind.Array && value.Items.All(IsEmpty));
}
