using System.Collections.Immutable;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// Compiles the instructions of one direction. What it does not know, or what depends on the document in a way that cannot be laid out beforehand, is a reason; with a reason there is
/// no plan. One use, one plan.
/// </summary>
sealed partial class PlanCompiler
{
    readonly List<string> reasons;
    readonly MappingDirection way;
    readonly Form document;
    int scopes = 1;

    PlanCompiler(MappingDirection way, Form source, List<string> reasons) => (this.way, document, this.reasons) = (way, source, reasons);

    /// <summary>A group while it is compiled.</summary>
    /// <param name="Number">Its place among <see cref="Emitter.Scopes"/>.</param>
    /// <param name="Item">The form of what it reads.</param>
    /// <param name="Outer">The group around.</param>
    sealed record Scope(int Number, Form Item, Scope? Outer)
    {
        public Scope Out(int up) => up == MappingPath.Document ? Outer?.Out(up) ?? this : up == 0 || Outer is null ? this : Outer.Out(up - 1);
    }

    /// <summary>Where a group's fields write.</summary>
    /// <param name="Place">The place.</param>
    /// <param name="Steps">What is done before it is written.</param>
    /// <param name="IsInner">Whether fields outside the group, that run later, may write there too: what a default does then depends on the order.</param>
    /// <param name="IsConditional">Whether the group is under a condition.</param>
    sealed record Spot(TargetPlace Place, List<Step> Steps, bool IsInner, bool IsConditional);

    public static CompiledPlan? Compile(ImmutableArray<Instruction> instructions, MappingDirection way, Form source, Form target, List<string> reasons)
    {
        var compiler = new PlanCompiler(way, source, reasons);
        var (root, steps) = (new TargetPlace(target), new List<Step>());
        compiler.Fields(instructions, new Scope(0, source, null), new Spot(root, steps, false, false));
        if (compiler.scopes > Emitter.MaxScopes) reasons.Add($"more than {Emitter.MaxScopes} groups");
        return reasons.Count == 0 ? new CompiledPlan(source, target, steps, root.Build()) : null;
    }

    void Fields(ImmutableArray<Instruction> instructions, Scope read, Spot write)
    {
        foreach (var instruction in instructions)
        {
            switch (instruction)
            {
                case Instruction.Copy copy: Copy(copy, read, write); break;
                case Instruction.Constant constant: Constant(constant, read, write); break;
                case Instruction.Default standing: Default(standing, read, write); break;
                case Instruction.Expect expect: Expected(expect, read, write); break;
                case Instruction.When conditional: When(conditional, read, write); break;
                case Instruction.Each each: Each(each, read, write); break;
                case Instruction.Compute compute: Computed(compute, read, write); break;
                case Instruction.Combine combine: Combined(combine, read, write); break;
                default: reasons.Add($"{instruction.GetType().Name.ToLowerInvariant()} is not compiled"); break;
            }
        }
    }

    void Copy(Instruction.Copy copy, Scope read, Spot write)
    {
        if (Find(copy.From, read) is not var (from, source) || Reach(copy.To, write, make: true) is not { } place) return;
        var conversion = copy.Conversion;
        if (conversion.Form == ListForm.Paste ? conversion.Recipe is not Recipe.Exact : conversion.Form is not (ListForm.Same or ListForm.Wrap or ListForm.Unwrap or ListForm.Cut))
        {
            Refuse(copy.To, $"the list form {conversion.Form}");
            return;
        }

        // Where both sides are lists the items are converted; whether a value is one is known only from the document.
        var item = conversion.Form is not (ListForm.Unwrap or ListForm.Paste) && place.Form.Takes(Schemas.JsonTypes.Array) && place.Form.Item is { } of ? of : place.Form;
        var given = conversion.Form is ListForm.Paste or ListForm.Cut ? Form.Any : conversion.Form != ListForm.Wrap && source.Takes(Schemas.JsonTypes.Array) && source.Item is { } each ? each : source;
        var isUncertain = conversion.Form == ListForm.Same && (IsMixed(place.Form) || IsMixed(source) || place.Form.Takes(Schemas.JsonTypes.Array) != source.Takes(Schemas.JsonTypes.Array));
        var writer = WriterCompiler.Of(conversion, way, given, item);
        Target value = conversion.Form == ListForm.Same && conversion.Absent.IsNull && !source.Takes(Schemas.JsonTypes.Array | Schemas.JsonTypes.Object)
            ? new ScalarTarget(read.Number, from, writer)
            : new ValueTarget(read.Number, from, conversion.Form, writer, place.Form, conversion.Absent.IsNull ? [] : conversion.Absent.ToUtf8(), Encoding.UTF8.GetBytes(conversion.Separator));
        if (isUncertain) Refuse(copy.To, "a list on one side only");
        else if (!conversion.Absent.IsNull && !FormValue.Accepts(place.Form, conversion.Absent)) Refuse(copy.To, "a value for absence that is not sure to be allowed");
        else if (!place.Write(value, write.IsConditional)) Refuse(copy.To, "written twice");
    }

    static bool IsMixed(Form form) => form.Takes(Schemas.JsonTypes.Array) && form.Takes(Schemas.JsonTypes.Any & ~(Schemas.JsonTypes.Array | Schemas.JsonTypes.Null));

    void Constant(Instruction.Constant constant, Scope read, Spot write)
    {
        if (Reach(constant.To, write, make: true) is not { } place) return;
        if (!FormValue.Accepts(place.Form, constant.Value)) Refuse(constant.To, "a constant that is not sure to be allowed");
        else if (!place.Write(new ConstantTarget(read.Number, constant.Value.ToUtf8(), isCondition: false), write.IsConditional)) Refuse(constant.To, "written twice");
    }

    void Default(Instruction.Default standing, Scope read, Spot write)
    {
        if (write.IsInner)
        {
            Refuse(standing.To, "a default in a group that repeats nothing");
            return;
        }

        if (Reach(standing.To, write, make: false) is not { } place) return;
        if (!FormValue.Accepts(place.Form, standing.Value)) Refuse(standing.To, "a default that is not sure to be allowed");
        else if (!place.WriteDefault(read.Number, standing.Value.ToUtf8())) Refuse(standing.To, "two defaults");
    }

    void Computed(Instruction.Compute compute, Scope read, Spot write)
    {
        if (Reach(compute.To, write, make: true) is not { } place) return;
        if (!place.Write(new ComputeTarget(read.Number, read.Item, document, compute.Program, place.Form), write.IsConditional)) Refuse(compute.To, "written twice");
    }

    void Combined(Instruction.Combine combine, Scope read, Spot write)
    {
        var from = combine.From.Select(route => Find(route, read)).ToList();
        if (from.Contains(null)) return;
        for (var part = 0; part < combine.To.Length; part++)
        {
            if (Reach(combine.To[part], write, make: true) is not { } place) return;
            var target = new CombineTarget(read.Number, [.. from.Select(one => one!.Value)], combine.Convert, part, place.Form);
            if (!place.Write(target, write.IsConditional)) Refuse(combine.To[part], "written twice");
        }
    }

    void Expected(Instruction.Expect expect, Scope read, Spot write)
    {
        if (Find(expect.From, read) is not var (from, _)) return;
        TokenKind? kind = expect.Value.Kind switch
        {
            JsonKind.String => TokenKind.String,
            JsonKind.Number => TokenKind.Number,
            JsonKind.Boolean => expect.Value.AsBoolean() ? TokenKind.True : TokenKind.False,
            _ => null,
        };
        if (kind is not { } known) Refuse(expect.From, "a constant with parts");
        else write.Steps.Add(new Expect(read.Number, from, known, known is TokenKind.True or TokenKind.False ? [] : Encoding.UTF8.GetBytes(Typed.TextOf(expect.Value)!)));
    }

    void Refuse(Route route, string what) => reasons.Add($"{route.Text}: {what}");
}
