using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What became of compiling one direction: the plan, or why there is none.</summary>
sealed record Compilation(CompiledPlan? Plan, ImmutableArray<string> Reasons)
{
    const int MaxReasons = 50;

    // Many definitions share a canonical schema; its form lives as long as it does.
    static readonly ConditionalWeakTable<Schema, FormOf> Forms = [];

    sealed record FormOf(Form Form, ImmutableArray<string> Reasons);

    public static Compilation Of(ImmutableArray<Instruction> instructions, MappingDirection way, Schema source, Schema target)
    {
        var (from, to) = (Forms.GetValue(source, Make), Forms.GetValue(target, Make));
        var reasons = from.Reasons.Concat(to.Reasons).ToList();
        var plan = PlanCompiler.Compile(instructions, way, from.Form, to.Form, reasons);
        return new Compilation(plan, [.. reasons.Distinct(StringComparer.Ordinal).Take(MaxReasons)]);
    }

    static FormOf Make(Schema schema)
    {
        var reasons = new List<string>();
        var form = FormCompiler.Compile(schema, reasons);
        return new FormOf(form, [.. reasons]);
    }
}
