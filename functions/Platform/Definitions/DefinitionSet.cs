using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Canonical;
using Interop.Core.Clocks;
using Interop.Core.Mapping;
using Interop.Core.Messages;
using Interop.Core.Sharing;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;

namespace Interop.Platform.Definitions;

/// <summary>All definitions of a deployment, loaded and checked together. Immutable. Of a mapping with several versions <see cref="Mappings"/> has the one that applies last.</summary>
public sealed record DefinitionSet(
    ImmutableDictionary<OrganisationId, OrganisationDefinition> Organisations,
    CanonicalRecords Canonical,
    ImmutableDictionary<string, MappingDefinition> Mappings,
    ImmutableArray<SystemDefinition> Systems,
    ImmutableArray<Workflow> Workflows,
    ImmutableArray<Agreement> Agreements,
    ClockTable Clocks)
{
    /// <summary>What workflows may call and ask for.</summary>
    public WorkflowHost Host { get; init; } = WorkflowHost.Platform;

    /// <summary>Every version of every mapping, by the mapping's name.</summary>
    public ImmutableDictionary<string, MappingVersions> MappingVersions { get; init; } = ImmutableDictionary<string, MappingVersions>.Empty;

    /// <summary>The canonical records, mappings and code lists as their files have them, by version.</summary>
    public ImmutableArray<VersionedText> Texts
    {
        get;
        init => (field, texts) = (value, value.DistinctBy(text => (text.Kind, text.Reference)).ToImmutableDictionary(text => (text.Kind, text.Reference)));
    } = [];

    readonly ImmutableDictionary<(string Kind, string Reference), VersionedText> texts = ImmutableDictionary<(string, string), VersionedText>.Empty;

    /// <summary>One of the texts, by its kind and what it is called.</summary>
    internal VersionedText TextOf(string kind, string reference) => texts[(kind, reference)];

    const string VictimsCode = "clocks/victims-code.yaml";
    const string BankHolidays = "clocks/bank-holidays-england-wales.yaml";

    /// <summary>Loads definitions from the texts of files by path; every problem of every file is reported, with its place.</summary>
    public static Outcome<DefinitionSet> Load(ImmutableSortedDictionary<string, string> files)
    {
        var problems = new ProblemList();
        var sources = new SourceFiles(files, problems);
        var canonical = CanonicalFolder.Load(files, sources, problems);
        var folder = MappingFolder.Load(files, sources, canonical.Records, problems);
        var mappings = folder.Newest;
        var organisations = sources.Below("organisations/", ".yaml").Select(file => problems.Take(OrganisationDefinition.Load(file.Root))).OfType<OrganisationDefinition>().ToImmutableArray();
        var systems = sources.Below("systems/", ".yaml").Select(file => problems.Take(SystemDefinition.Load(file.Root))).OfType<SystemDefinition>().ToImmutableArray();
        var host = WorkflowHost.Platform with { Catalog = Catalog(files, problems) };
        var workflows = files.Where(file => file.Key.StartsWith("workflows/", StringComparison.Ordinal))
            .Select(file => problems.Take(Workflow.Load(file.Value, file.Key, host))).OfType<Workflow>().ToImmutableArray();
        var agreements = sources.Below("agreements/", ".yaml").Select(file => problems.Take(Agreement.Load(file.Root))).OfType<Agreement>().ToImmutableArray();
        var clocks = sources.Read(VictimsCode) is { } code && sources.Read(BankHolidays) is { } holidays ? problems.Take(ClockTable.Load(code, holidays)) : null;
        DefinitionCheck.Check(organisations, systems, mappings, workflows, agreements, canonical.Records, problems);
        return problems.Or(() => new DefinitionSet(organisations.ToImmutableDictionary(organisation => organisation.Id), canonical.Records, mappings, systems, workflows, agreements, clocks!) { Host = host, MappingVersions = folder.Mappings, Texts = [.. canonical.Texts, .. folder.Texts] });
    }

    // Laid out as the specification's catalogs are: functions/<name>/<version>/function.yaml, called as name:version@default.
    static ImmutableDictionary<string, string> Catalog(ImmutableSortedDictionary<string, string> files, ProblemList problems)
    {
        var catalog = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in files.Where(file => file.Key.StartsWith("functions/", StringComparison.Ordinal)))
        {
            if (path.Split('/') is ["functions", var name, var version, "function.yaml"]) catalog[$"{name}:{version}"] = text;
            else problems.Add(new Place(path, 1, 1), "catalog", "A function of the catalog stands in functions/<name>/<version>/function.yaml. Move the file there.", value: path);
        }

        var host = WorkflowHost.Platform with { Catalog = catalog.ToImmutable() };
        foreach (var (name, text) in host.Catalog) problems.AddRange(Workflow.CheckFunction(text, $"functions/{name.Replace(':', '/')}/function.yaml", host));
        return host.Catalog;
    }
}
