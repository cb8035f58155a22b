using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Canonical;
using Interop.Core.Mapping;
using Interop.Core.Sharing;
using Interop.Core.Sources;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Runs;

namespace Interop.Platform.Definitions;

/// <summary>What no single file shows: names that lead from one definition to another.</summary>
static class DefinitionCheck
{
    public static void Check(
        ImmutableArray<OrganisationDefinition> organisations,
        ImmutableArray<SystemDefinition> systems,
        ImmutableDictionary<string, MappingDefinition> mappings,
        ImmutableArray<Workflow> workflows,
        ImmutableArray<Agreement> agreements,
        CanonicalRecords canonical,
        ProblemList problems)
    {
        foreach (var twice in organisations.GroupBy(organisation => organisation.Id).Where(group => group.Skip(1).Any()))
            problems.Add(null, "duplicate-name", $"The organisation \"{twice.Key}\" is defined twice. Keep one.", value: twice.Key.Value);
        foreach (var twice in organisations.SelectMany(organisation => organisation.Tenants.Select(tenant => (Tenant: tenant.ToUpperInvariant(), organisation.Id))).GroupBy(pair => pair.Tenant).Where(group => group.Skip(1).Any()))
            problems.Add(null, "duplicate-tenant", $"From the tenant {twice.Key} people of {string.Join(" and ", twice.Select(pair => pair.Id))} would sign in, so it says of nobody whose they are. Name it once.", value: twice.Key);
        foreach (var system in systems.Where(system => organisations.All(organisation => organisation.Id != system.Organisation)))
            problems.Add(system.Place, "unknown-organisation", $"The organisation \"{system.Organisation}\" has no file in organisations/. Add it.", value: system.Organisation.Value);
        foreach (var twice in systems.GroupBy(system => system.Id).Where(group => group.Skip(1).Any()))
            problems.Add(twice.Last().Place, "duplicate-name", $"The system \"{twice.Key}\" is defined twice. Give one another name.", value: twice.Key.Value);
        foreach (var twice in systems.GroupBy(system => (system.Organisation, system.Role)).Where(group => group.Skip(1).Any()))
            problems.Add(twice.Last().Place, "duplicate-role", $"{twice.Key.Organisation} has two systems with the role \"{twice.Key.Role}\", so a workflow cannot name one by it. Give one another role.", value: twice.Key.Role);
        foreach (var twice in workflows.GroupBy(workflow => workflow.Name).Where(group => group.Skip(1).Any()))
            problems.Add(null, "duplicate-name", $"The workflow \"{twice.Key}\" is defined twice. Keep one.", value: twice.Key);
        foreach (var other in workflows.SelectMany(workflow => workflow.Others).Where(other => !workflows.Any(workflow => workflow.Namespace == other.Namespace && workflow.Name == other.Name)))
        {
            var meant = Spelling.Nearest($"{other.Namespace}/{other.Name}", workflows.Select(workflow => $"{workflow.Namespace}/{workflow.Name}"));
            problems.Add(other.Place, "unknown-workflow", $"The task \"{other.Task}\" starts the workflow \"{other.Namespace}/{other.Name}\", which does not exist or has problems.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}", value: other.Name);
        }

        CheckEvents(systems, workflows, problems);
        foreach (var (agreement, clause) in agreements.SelectMany(agreement => agreement.Clauses.Select(clause => (agreement, clause)))) CheckClause(agreement, clause, canonical, problems);
        foreach (var (system, type) in systems.SelectMany(system => system.Messages.Values.Select(type => (system, type)))) CheckMessage(system, type, mappings, problems);
    }

    static void CheckClause(Agreement agreement, SharingClause clause, CanonicalRecords canonical, ProblemList problems)
    {
        if (canonical.Find(clause.Record) is not { } record)
        {
            problems.Add(clause.Place, "unknown-record", $"Clause {clause.Id} of the agreement \"{agreement.Id}\": {canonical.Missing(clause.Record)}", value: clause.Record.ToString());
            return;
        }

        var newest = canonical.Newest(record);
        var inNewest = Unknown(newest).Select(one => one.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, place) in Unknown(record))
            problems.Add(place, "unknown-path", $"Clause {clause.Id} of the agreement \"{agreement.Id}\" names the field {path}, which {record.Reference} does not have. {(inNewest.Contains(path) ? "Correct the path." : $"The newer {newest.Reference} has it: where that is what was agreed, write record: {newest.Reference}.")}", value: path);
        IEnumerable<(string Path, Place Place)> Unknown(CanonicalRecord of) => clause.Fields.Unknown(of.Schema.Shape).Concat(clause.BeyondCeiling?.Unknown(of.Schema.Shape) ?? []).DistinctBy(one => one.Path);
    }

    // A run that a time begins is about no incident.
    static void CheckEvents(ImmutableArray<SystemDefinition> systems, ImmutableArray<Workflow> workflows, ProblemList problems)
    {
        var brought = new BroughtEvents(systems, workflows);
        foreach (var (workflow, heard) in workflows.SelectMany(workflow => workflow.Hears.Select(heard => (workflow, heard))))
        {
            if (brought.Comes(heard.Type, isOfIncident: workflow.Start is not null || workflow.Schedule is null)) continue;
            if (brought.Comes(heard.Type, isOfIncident: true))
            {
                problems.Add(heard.Place, "unheard-event", $"Runs of \"{workflow.Name}\" begin at times and are about no incident, so the event \"{heard.Type}\", which comes of incidents, never reaches them. Let the workflow begin on an event (schedule.on), or listen for what a workflow emits.", value: heard.Type);
                continue;
            }

            var meant = Spelling.Nearest(heard.Type, brought.Types);
            problems.Add(heard.Place, "unknown-event", $"Nobody sends the event \"{heard.Type}\": no system's message has it, and no workflow emits it. {(meant is null ? $"Known are: {string.Join(", ", brought.Types.Order(StringComparer.Ordinal))}." : $"Did you mean \"{meant}\"?")}", value: heard.Type);
        }
    }

    static void CheckMessage(SystemDefinition system, MessageType type, ImmutableDictionary<string, MappingDefinition> mappings, ProblemList problems)
    {
        CheckMapping(system, type.Name, type.Mapping, type.Request is null ? MappingDirection.In : MappingDirection.Out, mappings, problems);
        if (type.AnswerMapping is { } answer) CheckMapping(system, type.Name, answer, MappingDirection.In, mappings, problems);
    }

    static void CheckMapping(SystemDefinition system, string message, string name, MappingDirection needed, ImmutableDictionary<string, MappingDefinition> mappings, ProblemList problems)
    {
        if (!mappings.TryGetValue(name, out var mapping))
        {
            var meant = Spelling.Nearest(name, mappings.Keys);
            problems.Add(system.Place, "unknown-mapping", $"The message \"{message}\" of \"{system.Id}\" names the mapping \"{name}\", which does not exist or has problems.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}", value: name);
        }
        else if (!mapping.Direction.HasFlag(needed))
        {
            problems.Add(system.Place, "direction", $"The message \"{message}\" of \"{system.Id}\" needs the mapping \"{name}\" in the direction \"{(needed == MappingDirection.In ? "in" : "out")}\", which it does not have.", value: name);
        }
        else if (mapping.Format != system.Format)
        {
            problems.Add(system.Place, "format", $"\"{system.Id}\" speaks {system.Format}, but the mapping \"{name}\" of its message \"{message}\" is of {mapping.Format}. Correct one of the two.", value: name);
        }
    }
}
