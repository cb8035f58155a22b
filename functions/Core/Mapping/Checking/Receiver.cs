using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A mapping that goes out, with what it asks of the canonical record. Made once and put beside every sender.</summary>
sealed class Receiver
{
    readonly Trial trial;
    readonly ImmutableHashSet<string> read;
    readonly bool readsAll;
    readonly ImmutableArray<FieldFact> writing;

    Receiver(Trial trial, ImmutableArray<Demand> always, ImmutableArray<ImmutableArray<Demand>> demands, ImmutableHashSet<string> read, bool readsAll, ReceiverLimits limits, ImmutableArray<FieldFact> writing) =>
        (this.trial, Always, Demands, this.read, this.readsAll, Limits, this.writing) = (trial, always, demands, read, readsAll, limits, writing);

    public MappingDefinition Mapping => trial.Mapping;

    /// <summary>What it refuses otherwise.</summary>
    public ImmutableArray<Demand> Always { get; }

    /// <summary>What its fields ask, each that asks anything.</summary>
    public ImmutableArray<ImmutableArray<Demand>> Demands { get; }

    /// <summary>The values and lengths at which it may refuse, or make two things one.</summary>
    public ReceiverLimits Limits { get; }

    public static Receiver Of(MappingDefinition mapping)
    {
        var facts = FieldFacts.Of(mapping).Where(fact => fact.Ways.HasFlag(MappingDirection.Out)).ToList();
        var always = facts.Where(fact => fact.Tests.IsEmpty && fact is { Syntax: FieldSyntax.Constant { Side: Side.Canonical }, Canonical: [{ Groups.IsEmpty: true }] })
            .Select(fact => TypeCheck.Constant(((FieldSyntax.Constant)fact.Syntax).Value, fact.Canonical[0].Resolved, new ProblemList()) is { } value ? new Demand(fact.Canonical[0].Key, ConditionKind.Is, [value]) : null).OfType<Demand>().ToImmutableArray();
        var demands = facts.Select(fact => Demand.Of(fact, Side.Canonical)).Where(asked => !asked.IsEmpty).DistinctBy(asked => string.Join('|', asked)).ToImmutableArray();
        var places = facts.SelectMany(fact => fact.Canonical.Select(place => place.Key).Concat(Demand.Of(fact, Side.Canonical).Select(demand => demand.Key)).Concat(fact.Canonical.SelectMany(place => place.Resolved.Conditions)));

        // What a program reads no field says, nor of what an id is made.
        return new Receiver(new Trial(mapping), always, demands, [.. places], facts.Exists(fact => fact.Syntax is FieldSyntax.Compute or FieldSyntax.Identity), new ReceiverLimits(mapping, facts), [.. facts.Where(fact => fact.Syntax is not FieldSyntax.Each)]);
    }

    /// <summary>Whether anything at one of the places, above or below it may be read.</summary>
    public bool MayRead(IEnumerable<string> keys) => readsAll || keys.Any(key => read.Any(place => SampleBase.Meet(place, key)));

    /// <summary>The fields that write what those write that may read any of some places.</summary>
    public ImmutableArray<FieldFact> Writing(ImmutableArray<string> keys)
    {
        var written = writing.Where(fact => keys.Any(key => fact.MayRead(Side.Canonical, key))).SelectMany(fact => fact.Source).Select(place => place.Key).ToHashSet(StringComparer.Ordinal);
        return [.. writing.Where(fact => fact.Source.Any(place => written.Contains(place.Key)))];
    }

    /// <summary>What becomes of a record, of which the sender's mapping may know a newer version: what came with that does not go, and a value that came with it is refused.</summary>
    public Execution Execute(JsonValue record)
    {
        if (Mapping.NewerCanonical is null) return trial.Execute(MappingDirection.Out, record, Mapping);
        var known = Mapping.Narrow(record).Record;
        var execution = trial.Execute(MappingDirection.Out, known, Mapping);
        if (trial.Validate(Side.Canonical, known).IsEmpty) return execution with { Document = record };
        var told = execution.Refused.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal);
        return execution with { Document = record, Refused = [.. execution.Refused, .. Mapping.Refused(known).Where(problem => !told.Contains(problem.Path))] };
    }

    /// <summary>Why a record is refused; paths lead into it.</summary>
    public ImmutableArray<Problem> Problems(JsonValue record) => Mapping.Interpret(Mapping.Narrow(record).Record, MappingDirection.Out).Problems;
}
