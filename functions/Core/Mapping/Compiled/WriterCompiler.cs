namespace Interop.Core.Mapping.Compiled;

/// <summary>A converter's recipe to its writer in one direction. A recipe that is not known, or has no quick form, runs as the interpreter runs it.</summary>
static class WriterCompiler
{
    public static ValueWriter Of(Conversion conversion, MappingDirection way, Form source, Form target)
    {
        var any = new DelegateWriter(conversion.Convert, target);
        return Usual(conversion.Recipe, way == MappingDirection.In, source, target) is not { } usual ? any : conversion.Recipe is Recipe.Exact ? usual : new FirstWriter(usual, any);
    }

    static ValueWriter? Usual(Recipe? recipe, bool isIn, Form source, Form target) => recipe switch
    {
        Recipe.Exact => new ExactWriter(source, target),
        Recipe.Codes codes => new TableWriter(isIn ? codes.In : codes.Out, target, fromText: true, fromOther: true),
        Recipe.Boolean spelled => isIn ? Read(spelled, target) : Write(spelled, target),
        Recipe.Date date when DigitPattern.Of(date.Pattern) is { HasTime: false, HasSeconds: false } pattern => isIn ? new DateReadWriter(pattern, target) : new DateWriter(pattern, target),
        Recipe.DateTime { Pattern: null, Zone: null } => new InstantWriter(null, null, target),
        Recipe.DateTime { Pattern: null } when isIn => new InstantWriter(null, null, target),
        Recipe.DateTime { Pattern: null, Zone: { } zone } => new OffsetTimeWriter(ZoneTable.Of(zone), target),
        Recipe.DateTime { Pattern: { } text, Zone: { } zone } time when DigitPattern.Of(text) is { HasTime: true } pattern =>
            isIn ? new InstantWriter(pattern, ZoneTable.Of(zone), target) : new LocalTimeWriter(pattern, ZoneTable.Of(zone), time.LossIsAccepted, target),
        Recipe.Number number => new NumberWriter(isIn ? number.CanonicalIsText : number.SourceIsText, target),
        Recipe.Postcode => new PostcodeWriter(target),
        Recipe.Telephone telephone => new TelephoneWriter(!isIn && telephone.National, target),
        _ => null,
    };

    // Numbers among the spellings are compared by their value, which only the interpreter does.
    static TableWriter Read(Recipe.Boolean spelled, Form target) => new(
        spelled.True.Where(value => value.StringOrNull is not null).Select(value => KeyValuePair.Create(value.AsString(), Json.JsonValue.True))
            .Concat(spelled.False.Where(value => value.StringOrNull is not null).Select(value => KeyValuePair.Create(value.AsString(), Json.JsonValue.False))).DistinctBy(pair => pair.Key),
        target, fromText: true, fromOther: false);

    // Without a spelling one of the two is written as nothing.
    static TableWriter? Write(Recipe.Boolean spelled, Form target) => spelled.True.IsEmpty || spelled.False.IsEmpty ? null : new([KeyValuePair.Create("true", spelled.True[0]), KeyValuePair.Create("false", spelled.False[0])], target, fromText: false, fromOther: true);
}
