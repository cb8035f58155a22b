using System.Collections.Immutable;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>One step of a compiled definition, in one direction.</summary>
abstract partial record Instruction
{
    Instruction()
    {
    }

    /// <summary>What it would have written, which is missing if it finds a problem; a group's fields say it themselves.</summary>
    protected virtual ImmutableArray<Route> Targets => [];

    public void Execute(ReadScope read, WriteScope write, MappingRun run)
    {
        var before = run.Problems.Count;
        Run(read, write, run);
        if (run.Problems.Count == before) return;
        foreach (var target in Targets) run.Failed(target, write);
    }

    protected abstract void Run(ReadScope read, WriteScope write, MappingRun run);

    static JsonValue One(Route from, ReadScope read, MappingRun run)
    {
        var found = from.Read(read);
        return found.Several ? run.Refuse("several", MappingMessages.SeveralMatch(from.Text), from.Pointer(read), found.Value) : found.Value;
    }

    public sealed record Copy(Route From, Conversion Conversion, Route To) : Instruction
    {
        protected override ImmutableArray<Route> Targets => [To];

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            run.Trace?.Add(To, write, From, read, TraceKind.SameParts);
            var refused = run.Problems.Count;
            var value = One(From, read, run);
            if (value.IsNull)
            {
                if (!Conversion.Absent.IsNull && run.Problems.Count == refused) run.Write(To, write, Conversion.Absent);
                return;
            }

            var converted = Conversion.Apply(value, new Origin(From, read), run);
            if (!converted.IsNull) run.Write(To, write, converted);
        }
    }

    public sealed record Constant(JsonValue Value, Route To) : Instruction
    {
        protected override void Run(ReadScope read, WriteScope write, MappingRun run) => run.Write(To, write, Value);
    }

    /// <summary>A value that, where it stands, must be the one the definition states.</summary>
    public sealed record Expect(Route From, JsonValue Value) : Instruction
    {
        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            var found = One(From, read, run);
            if (!found.IsNull && found != Value) run.Refuse("constant", MappingMessages.Constant(Value.ToString()), From.Pointer(read), found);
        }
    }

    /// <summary>Runs after all others of its group.</summary>
    public sealed record Default(JsonValue Value, Route To) : Instruction
    {
        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            if (To.Reach(write, makeItems: false) is { IsEmpty: true } empty) empty.Set(Value);
        }
    }

    /// <param name="From">The text.</param>
    /// <param name="Separator">What stands between the parts.</param>
    /// <param name="Conversion">What is done to the text before it is cut.</param>
    /// <param name="To">Where the parts go.</param>
    /// <param name="Rest">Which of <paramref name="To"/> is a list and takes the parts the others leave; -1 if none is.</param>
    public sealed record Split(Route From, string Separator, Conversion Conversion, ImmutableArray<Route> To, int Rest) : Instruction
    {
        protected override ImmutableArray<Route> Targets => To;

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            foreach (var to in To) run.Trace?.Add(to, write, From, read, TraceKind.Whole);
            var value = One(From, read, run);
            if (value.IsNull) return;
            var whole = Conversion.Apply(value, new Origin(From, read), run);
            if (whole.IsNull) return;
            if (whole.StringOrNull is not { } text)
            {
                run.Refuse("type", MappingMessages.NotText(whole.Kind), From.Pointer(read), value);
                return;
            }

            var parts = text.Split(Separator);
            var rest = Rest < 0 ? 0 : parts.Length - To.Length + 1;
            if (Rest < 0 ? parts.Length != To.Length : rest < 0)
            {
                run.Refuse("split", MappingMessages.Parts(parts.Length, To.Length, Separator), From.Pointer(read), value);
                return;
            }

            var at = 0;
            for (var target = 0; target < To.Length; target++)
            {
                if (target != Rest) run.Write(To[target], write, parts[at++]);
                else if (rest > 0) run.Write(To[target], write, JsonValue.Of(parts[at..(at += rest)].Select(part => JsonValue.Of(part))));
            }
        }
    }

    public sealed record Join(ImmutableArray<Route> From, string Separator, Conversion Conversion, Route To) : Instruction
    {
        protected override ImmutableArray<Route> Targets => [To];

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            run.Trace?.Add(To, write, From[0], read, TraceKind.Whole);
            var parts = new List<string>();
            var refused = run.Problems.Count;
            foreach (var from in From)
            {
                var value = One(from, read, run);
                foreach (var part in value.Kind == JsonKind.Array ? value.Items : [value])
                {
                    if (part.IsNull) continue;
                    var text = part.StringOrNull;
                    if (text is null) run.Refuse("type", MappingMessages.NotText(part.Kind), from.Pointer(read), part);
                    else if (text.Contains(Separator, StringComparison.Ordinal)) run.Refuse("join", MappingMessages.SeparatorInPart(Separator), from.Pointer(read), part);
                    else parts.Add(text);
                }
            }

            if (parts.Count == 0 || run.Problems.Count > refused) return;
            var joined = Conversion.Apply(string.Join(Separator, parts), new Origin(From[0], read), run);
            if (!joined.IsNull) run.Write(To, write, joined);
        }
    }

    /// <summary>Several values converted together.</summary>
    public sealed record Combine(ImmutableArray<Route> From, Func<ImmutableArray<JsonValue>, Combined> Convert, ImmutableArray<Route> To) : Instruction
    {
        protected override ImmutableArray<Route> Targets => To;

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            foreach (var to in To) run.Trace?.Add(to, write, From[0], read, TraceKind.Whole);
            var refused = run.Problems.Count;
            var builder = ImmutableArray.CreateBuilder<JsonValue>(From.Length);
            foreach (var from in From) builder.Add(One(from, read, run));
            var values = builder.MoveToImmutable();
            if (run.Problems.Count > refused || values.All(static value => value.IsNull)) return;
            var converted = Convert(values);
            if (converted.Rule is { } rule)
            {
                run.Refuse(rule, converted.Message!, From[converted.Culprit].Pointer(read), values[converted.Culprit]);
                return;
            }

            for (var at = 0; at < To.Length; at++)
            {
                if (!converted.Values[at].IsNull) run.Write(To[at], write, converted.Values[at]);
            }
        }
    }

    /// <summary>Writes the id of the thing at a place, if there is one.</summary>
    public sealed record Identity(Route Of, Route To) : Instruction
    {
        protected override ImmutableArray<Route> Targets => [To];

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            if (!One(Of, read, run).IsNull) run.Write(To, write, run.IdOf(read.Root.Item, Of.Pointer(read)));
        }
    }

    public sealed record Compute(JqProgram Program, Route To) : Instruction
    {
        /// <summary>Whether it is given nothing but the item.</summary>
        public bool IsOfItem { get; } = Program.FreeVariables.IsEmpty;

        protected override ImmutableArray<Route> Targets => [To];

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            run.Trace?.Add(To, write, null, read, TraceKind.Whole);
            var output = Output(read, run);
            if (output.Succeeded)
            {
                if (!output.Value.IsNull) run.Write(To, write, output.Value);
                return;
            }

            // No output at all is how a program says that there is nothing to write.
            foreach (var problem in output.Problems.Where(problem => problem.Rule != "jq-empty"))
                run.Problems.Add(new Problem("compute", MappingMessages.Compute(To.Text, problem.Message), read.Pointer, problem.Value));
        }

        Outcome<JsonValue> Output(ReadScope read, MappingRun run)
        {
            if (!IsOfItem) return Program.First(read.Item, new Dictionary<string, JsonValue>(StringComparer.Ordinal) { ["document"] = read.Root.Item, ["position"] = read.Position ?? JsonValue.Null });
            return run.Before is { } before && read != read.Root && read.Item.OwnMembers is { } item ? before.Outputs.Of(Program, item, read.Item) : Program.First(read.Item);
        }
    }

    /// <summary>Fields under a condition.</summary>
    /// <param name="Tests">What must hold of what is read. With none, the group counts if one of its fields finds something to write.</param>
    /// <param name="Claims">What must hold of what is written once the group counts.</param>
    /// <param name="Body">The fields.</param>
    public sealed record When(ImmutableArray<Condition> Tests, ImmutableArray<Condition> Claims, ImmutableArray<Instruction> Body) : Instruction
    {
        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            if (!Condition.Hold(Tests, read)) return;
            var before = run.Writes;
            var decided = Claims.IsEmpty || !Tests.IsEmpty;
            foreach (var instruction in Body)
                if (decided || !WritesAlways(instruction)) instruction.Execute(read, write, run);
            if (!decided && run.Writes == before) return;
            foreach (var instruction in Body)
                if (!decided && WritesAlways(instruction)) instruction.Execute(read, write, run);
            foreach (var claim in Claims) claim.Claim(read, write, run);
        }

        static bool WritesAlways(Instruction instruction) => instruction is Constant or Default;
    }

    /// <param name="From">The items read.</param>
    /// <param name="To">The items written.</param>
    /// <param name="Tests">What must hold of an item that is read.</param>
    /// <param name="Claims">What must hold of an item that is written.</param>
    /// <param name="Body">The fields.</param>
    public sealed record Each(Route From, Route To, ImmutableArray<Condition> Tests, ImmutableArray<Condition> Claims, ImmutableArray<Instruction> Body) : Instruction
    {
        readonly bool isOfItem = OwnItems.Are(From, To, Claims, Body);

        protected override void Run(ReadScope read, WriteScope write, MappingRun run)
        {
            run.Trace?.Add(To, write, From, read, TraceKind.Group);
            if (!From.Many)
            {
                if (One(From, read, run) is { IsNull: false } value && new ReadScope(value, read, From) is var single && Condition.Hold(Tests, single)) Write(single, write, run);
                return;
            }

            var count = 0;
            foreach (var item in From.Items(read))
            {
                if (!Condition.Hold(Tests, item)) continue;
                if (++count > 1 && !To.Many)
                {
                    run.Refuse("several", MappingMessages.SeveralMatch(From.Text), From.Pointer(read), item.Item);
                    return;
                }

                Write(item, write, run);
            }
        }

        void Write(ReadScope item, WriteScope write, MappingRun run)
        {
            var target = To.NewItem(write);
            if (To.Many) run.Writes++;
            if (isOfItem && run.Before is { } before && item.Item.OwnMembers is { } own) FillOnce(item, target, run, before.Items.Of(this, own));
            else Fill(item, target, run);
        }

        // What is refused is refused each time, where it stands.
        void FillOnce(ReadScope item, WriteScope target, MappingRun run, KnownItem known)
        {
            if (!known.Value.IsNull)
            {
                target.Item.Put(known.Value);
                run.Writes += known.Writes;
                return;
            }

            var (refused, writes) = (run.Problems.Count, run.Writes);
            Fill(item, target, run);
            known.Writes = run.Writes - writes;
            if (run.Problems.Count == refused && refused < ProblemList.Limit) target.Item.Becomes = known;
        }

        public void Fill(ReadScope item, WriteScope target, MappingRun run)
        {
            foreach (var instruction in Body) instruction.Execute(item, target, run);
            foreach (var claim in Claims) claim.Claim(item, target, run);
        }
    }
}
