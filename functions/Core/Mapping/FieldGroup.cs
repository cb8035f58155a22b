namespace Interop.Core.Mapping;

/// <summary>One group of fields while it is compiled: where its fields stand on both sides, and what they become in each direction.</summary>
/// <param name="Source">Where they stand in the source.</param>
/// <param name="Canonical">Where they stand in the canonical record.</param>
/// <param name="ReadsSource">Under which conditions of the source they run on the way in.</param>
/// <param name="ReadsCanonical">Under which conditions of the canonical record they run on the way out.</param>
/// <param name="Ways">In which directions they run.</param>
sealed record FieldGroup(ShapeScope Source, ShapeScope Canonical, Guard ReadsSource, Guard ReadsCanonical, MappingDirection Ways)
{
    readonly List<Instruction> @in = [];
    readonly List<Instruction> @out = [];

    public ShapeScope this[Side side] => side == Side.Source ? Source : Canonical;

    /// <summary>When the fields write the side: under conditions of the other.</summary>
    public Guard Guard(Side written) => written == Side.Source ? ReadsCanonical : ReadsSource;

    public List<Instruction> Instructions(MappingDirection way) => way == MappingDirection.In ? @in : @out;

    // Defaults come last, because they look at what the others wrote.
    public MappingPlan ToPlan() => new([.. @in.OrderBy(one => one is Instruction.Default)], [.. @out.OrderBy(one => one is Instruction.Default)]);
}
