using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Interop.Core;
using Interop.Core.Clocks;
using Interop.Core.Mapping;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Storage;
using NodaTime;

namespace Interop.Platform.Definitions;

/// <summary>The definitions in force, and every workflow version ever published: a run stays with the version it started with.</summary>
public sealed class DefinitionRegistry(DefinitionSet definitions, IStore store)
{
    /// <summary>The version that is in force.</summary>
    public const string Latest = "latest";

    const int MostFunctions = 100_000;
    static readonly string Catalog = PartitionKey.Of("platform", "functions");

    readonly ConcurrentDictionary<(string Name, string Version), Workflow> pinned = new();
    WorkflowHost host = definitions.Host;
    readonly ImmutableDictionary<(OrganisationId, string), SystemDefinition> systems = definitions.Systems.ToImmutableDictionary(system => (system.Organisation, system.Id.Value));

    /// <summary>The definitions in force.</summary>
    public DefinitionSet Current => definitions;

    /// <summary>The time limits in force.</summary>
    public ClockTable Clocks => definitions.Clocks;

    /// <summary>Every organisation that a definition names.</summary>
    public ImmutableArray<OrganisationId> Organisations { get; } = [.. definitions.Organisations.Keys.OrderBy(organisation => organisation.Value, StringComparer.Ordinal)];

    /// <summary>The organisations that are police forces: workflows run for them.</summary>
    public ImmutableArray<OrganisationId> Forces { get; } = [.. definitions.Organisations.Values.Where(known => !known.IsAgency).Select(known => known.Id).OrderBy(organisation => organisation.Value, StringComparer.Ordinal)];

    /// <summary>How long a run of the organisation keeps what it worked on, after its end.</summary>
    public TimeSpan RunRetention(OrganisationId organisation) => TimeSpan.FromDays(definitions.Organisations.GetValueOrDefault(organisation)?.RunDays ?? OrganisationDefinition.DefaultRunDays);

    /// <summary>Stores each workflow, canonical record, mapping and code list of the folder as a published version; one that differs from what was published under its version is a problem.</summary>
    public async Task<ImmutableArray<Problem>> Publish(CancellationToken cancellation)
    {
        var problems = new ProblemList();
        foreach (var (function, text) in definitions.Host.Catalog) await PublishFunction(function, text, problems, cancellation);
        var catalog = definitions.Host.Catalog.ToBuilder();
        await foreach (var row in store.Range(Catalog, "", null, MostFunctions, cancellation)) catalog.TryAdd(RowKey.Split(row.Key)[0], Encoding.UTF8.GetString(row.Body.Span));
        host = host with { Catalog = catalog.ToImmutable() };
        await new PublishedTexts(store).Publish(definitions.Texts, text => MappingReports.Refuse(definitions, text), problems, cancellation);
        foreach (var workflow in definitions.Workflows)
            if (await Publish(workflow, cancellation) is { } problem) problems.Add(problem);
        return problems.ToImmutable();
    }

    // Workflows that are pinned to a version go on with the functions it was published with.
    async Task PublishFunction(string function, string text, ProblemList problems, CancellationToken cancellation)
    {
        var published = await store.Read(Catalog, RowKey.Of(function), cancellation);
        if (published is null) await store.Commit(Catalog, [new Change.Insert(RowKey.Of(function), Encoding.UTF8.GetBytes(text))], cancellation);
        else if (Encoding.UTF8.GetString(published.Body.Span) != text)
            problems.Add(null, "published", $"The function {function} was published before with another text, and workflows may call it. Raise its version.", value: function);
    }

    /// <summary>Stores one workflow as a published version, unless it was published before; a problem if that had another text.</summary>
    public async Task<Problem?> Publish(Workflow workflow, CancellationToken cancellation)
    {
        var published = await PublishedText(workflow.Name, workflow.Version, cancellation);
        if (published is null)
            await store.Commit(Partition(workflow.Name), [new Change.Insert(RowKey.Of(workflow.Version), Encoding.UTF8.GetBytes(workflow.Text))], cancellation);
        else if (published != workflow.Text)
            return new Problem("published", $"The workflow {workflow.Reference} was published before with another text, and runs may be pinned to it. Raise its version.", Value: workflow.Reference);
        pinned[(workflow.Name, workflow.Version)] = workflow;
        return null;
    }

    /// <summary>A published version of a workflow.</summary>
    public async ValueTask<Workflow> Workflow(string name, string version, CancellationToken cancellation)
    {
        if (pinned.TryGetValue((name, version), out var known)) return known;
        var text = await PublishedText(name, version, cancellation) ?? throw new InvalidOperationException($"The workflow {name} {version} was never published here.");
        // What the host offers may have changed since; a run goes on with the definition it has.
        var loaded = Interop.Core.Workflows.Workflow.Read(text, $"{name} {version}", host);
        return pinned[(name, version)] = loaded.Value;
    }

    /// <summary>A workflow by its name, in force (<c>latest</c>) or of one version; null when there is none.</summary>
    public async ValueTask<Workflow?> Find(string name, string version, CancellationToken cancellation)
    {
        if (version == Latest) return definitions.Workflows.FirstOrDefault(workflow => workflow.Name == name);
        return pinned.ContainsKey((name, version)) || await PublishedText(name, version, cancellation) is not null ? await Workflow(name, version, cancellation) : null;
    }

    /// <summary>The system of that id that may send to <paramref name="organisation"/>: its own, or another organisation's. Null when there is none.</summary>
    public SystemDefinition? SystemFor(OrganisationId organisation, string system) =>
        !definitions.Organisations.ContainsKey(organisation) ? null
        : systems.GetValueOrDefault((organisation, system)) ?? definitions.Systems.FirstOrDefault(other => other.Id.Value == system && IsAgency(other.Organisation));

    /// <summary>The systems that a delivery to a role may go to: the organisation's own first, else those of agencies.</summary>
    public ImmutableArray<SystemDefinition> ByRole(OrganisationId organisation, string role)
    {
        var own = definitions.Systems.Where(system => system.Organisation == organisation && system.Role == role).ToImmutableArray();
        return own.IsEmpty ? [.. definitions.Systems.Where(system => system.Role == role && IsAgency(system.Organisation))] : own;
    }

    /// <summary>The version of a mapping that applies on the day of <paramref name="at"/> in England, with the code lists of that day.</summary>
    public MappingDefinition Mapping(string name, DateTimeOffset at) =>
        definitions.MappingVersions.TryGetValue(name, out var versions) ? versions.On(LocalDate.FromDateOnly(WorkingDays.LocalDay(at))) : definitions.Mappings[name];

    // An agency serves many forces; a force's own systems serve that force alone.
    bool IsAgency(OrganisationId organisation) => definitions.Organisations[organisation].IsAgency;

    async ValueTask<string?> PublishedText(string name, string version, CancellationToken cancellation) =>
        await store.Read(Partition(name), RowKey.Of(version), cancellation) is { } row ? Encoding.UTF8.GetString(row.Body.Span) : null;

    static string Partition(string workflow) => PartitionKey.Of("platform", "workflow", workflow);
}
