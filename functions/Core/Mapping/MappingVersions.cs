using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using NodaTime;

namespace Interop.Core.Mapping;

/// <summary>One version of a mapping as its files have it.</summary>
/// <param name="Root">The definition.</param>
/// <param name="Source">The schema of the system's format.</param>
public sealed record MappingFile(SourceNode Root, Schema Source);

/// <summary>All versions of one mapping, each compiled with the code lists of every day on which they differ. On a day applies the version whose own day is the last one not after it.</summary>
public sealed class MappingVersions
{
    const int MaxPeriods = 200;

    readonly ImmutableArray<(LocalDate From, MappingDefinition Mapping)> periods;

    MappingVersions(ImmutableArray<(LocalDate, MappingDefinition)> periods) => this.periods = periods;

    /// <summary>The mapping's name.</summary>
    public string Name => periods[0].Mapping.Name;

    /// <summary>What applies last: the newest version with the newest code lists.</summary>
    public MappingDefinition Newest => periods[^1].Mapping;

    /// <summary>Every version with every set of code lists, in the order in which they apply.</summary>
    public IEnumerable<MappingDefinition> All => periods.Select(period => period.Mapping);

    /// <summary>Checks and compiles the versions of one mapping; all must have one name, and no two one version or one day.</summary>
    public static Outcome<MappingVersions> Load(IEnumerable<MappingFile> files, CanonicalRecords canonical, CodeListVersions codeLists)
    {
        var problems = new ProblemList();
        var loaded = new List<(MappingFile File, MappingDefinition Mapping)>();
        foreach (var file in files)
        {
            var mapping = MappingDefinition.Load(file.Root, new MappingContext(canonical, file.Source, codeLists.Newest) { Unloaded = codeLists.Unloaded });
            problems.AddRange(mapping.Problems);
            if (mapping.Succeeded) loaded.Add((file, mapping.Value));
        }

        CheckTogether(loaded, problems);
        if (!problems.IsEmpty) return problems.ToImmutable();
        var found = Periods([.. loaded.OrderBy(one => one.Mapping.From, StringComparer.Ordinal)], canonical, codeLists, problems);
        return problems.Or(() => new MappingVersions(found));
    }

    /// <summary>What applies on a day; before the first day of all, the first version.</summary>
    public MappingDefinition On(LocalDate day)
    {
        var at = periods.Length - 1;
        while (at > 0 && periods[at].From > day) at--;
        return periods[at].Mapping;
    }

    /// <summary>A version with the code lists of a day, whatever version applies then; null when there is none.</summary>
    public MappingDefinition? Version(string version, LocalDate day)
    {
        var own = periods.Where(period => period.Mapping.Version == version).ToList();
        return own.Count == 0 ? null : own.FindLast(period => period.From <= day).Mapping ?? own[0].Mapping;
    }

    static void CheckTogether(List<(MappingFile File, MappingDefinition Mapping)> loaded, ProblemList problems)
    {
        foreach (var (file, mapping) in loaded.Skip(1))
        {
            var before = loaded.TakeWhile(one => one.File != file).ToList();
            if (mapping.Name != loaded[0].Mapping.Name) problems.Add(file.Root.Place, "version", MappingMessages.OtherName(mapping.Name, loaded[0].Mapping.Name), value: mapping.Name);
            if ((mapping.Canonical, mapping.Direction, mapping.Format) != (loaded[0].Mapping.Canonical, loaded[0].Mapping.Direction, loaded[0].Mapping.Format))
                problems.Add(file.Root.Place, "version", MappingMessages.OtherSides(loaded[0].File.Root.Place.File), value: mapping.Version);
            if (before.Exists(one => one.Mapping.Version == mapping.Version)) problems.Add(file.Root.Place, "version", MappingMessages.SameVersion(mapping.Version, before[0].File.Root.Place.File), value: mapping.Version);
            if (before.Exists(one => one.Mapping.From == mapping.From)) problems.Add(file.Root.Place, "version", MappingMessages.SameDay(mapping.From ?? "no day", before[0].File.Root.Place.File), value: mapping.From);
        }
    }

    static ImmutableArray<(LocalDate, MappingDefinition)> Periods(
        ImmutableArray<(MappingFile File, MappingDefinition Mapping)> versions, CanonicalRecords canonical, CodeListVersions codeLists, ProblemList problems)
    {
        var found = ImmutableArray.CreateBuilder<(LocalDate, MappingDefinition)>();
        for (var at = 0; at < versions.Length; at++)
        {
            var (file, newest) = versions[at];
            var from = at == 0 ? LocalDate.MinIsoValue : CodeListVersions.DayOf(newest.From);
            var until = at + 1 < versions.Length ? CodeListVersions.DayOf(versions[at + 1].Mapping.From) : LocalDate.MaxIsoValue;
            var changes = codeLists.Changes(newest.CodeLists.Select(list => list.Name));
            foreach (var day in changes.Where(day => day > from && day < until).Prepend(from))
            {
                if (changes.All(change => change <= day))
                {
                    found.Add((day, newest));
                    continue;
                }

                var mapping = MappingDefinition.Load(file.Root, new MappingContext(canonical, file.Source, codeLists.On(day)));
                problems.AddRange(mapping.Problems);
                if (mapping.Succeeded) found.Add((day, mapping.Value));
            }
        }

        if (found.Count > MaxPeriods) problems.Add(versions[0].File.Root.Place, "version", MappingMessages.TooManyPeriods(MaxPeriods));
        return found.ToImmutable();
    }
}
