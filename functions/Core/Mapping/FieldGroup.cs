namespace Interop.Core.Mapping;

/// <summary>One group of fields while it is compiled: where its fields stand on both sides, and what they become in each direction.</summary>
sealed record FieldGroup(ShapeScope Source, ShapeScope Canonical)
{
    readonly List<Instruction> @in = [];
    readonly List<Instruction> @out = [];

    public ShapeScope this[Side side] => side == Side.Source ? Source : Canonical;

    public List<Instruction> Instructions(MappingDirection way) => way == MappingDirection.In ? @in : @out;

    // Defaults come last, because they look at what the others wrote.
    public MappingPlan ToPlan() => new([.. @in.OrderBy(one => one is Instruction.Default)], [.. @out.OrderBy(one => one is Instruction.Default)]);
}
