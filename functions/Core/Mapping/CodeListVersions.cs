using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace Interop.Core.Mapping;

/// <summary>Every version of every code list. On a day applies the version whose own day is the last one not after it; before the first of these days, the first version.</summary>
public sealed class CodeListVersions
{
    readonly ImmutableDictionary<string, ImmutableArray<CodeList>> versions;

    CodeListVersions(ImmutableDictionary<string, ImmutableArray<CodeList>> versions, IReadOnlyDictionary<string, string> unloaded) => (this.versions, Unloaded, Newest) = (versions, unloaded, versions.ToDictionary(list => list.Key, list => list.Value[^1], StringComparer.Ordinal));

    /// <summary>All versions, each list's in the order in which they apply.</summary>
    public IEnumerable<CodeList> All => versions.OrderBy(list => list.Key, StringComparer.Ordinal).SelectMany(list => list.Value);

    /// <summary>The lists with the files they stand in; two versions of one list must differ in version and day.</summary>
    /// <param name="lists">What loads.</param>
    /// <param name="problems">Gets what is wrong with lists together. Those do not load.</param>
    /// <param name="unloaded">The files of lists that do not load, by name. What such a list means nobody knows, so no other version of it is taken.</param>
    public static CodeListVersions Of(IEnumerable<(CodeList List, string File)> lists, ProblemList problems, IReadOnlyDictionary<string, string>? unloaded = null)
    {
        var files = (unloaded ?? ImmutableDictionary<string, string>.Empty).ToDictionary(StringComparer.Ordinal);
        var byName = ImmutableDictionary.CreateBuilder<string, ImmutableArray<CodeList>>(StringComparer.Ordinal);
        foreach (var same in lists.GroupBy(one => one.List.Name, StringComparer.Ordinal))
        {
            var clashes = new ProblemList();
            Refuse(same, one => one.List.Version, MappingMessages.SameVersion, clashes);
            Refuse(same, one => one.List.From ?? "no day", MappingMessages.SameDay, clashes);
            problems.AddRange(clashes.ToImmutable());
            if (clashes.ToImmutable() is [var first, ..]) files.TryAdd(same.Key, first.Place!.File);
            byName[same.Key] = [.. same.Select(one => one.List).OrderBy(list => list.From, StringComparer.Ordinal)];
        }

        byName.RemoveRange(files.Keys);
        return new CodeListVersions(byName.ToImmutable(), files);
    }

    /// <summary>The files of lists that do not load, by name.</summary>
    public IReadOnlyDictionary<string, string> Unloaded { get; }

    /// <summary>The lists that apply last, by name.</summary>
    public IReadOnlyDictionary<string, CodeList> Newest { get; }

    /// <summary>The lists that apply on a day, by name.</summary>
    public IReadOnlyDictionary<string, CodeList> On(LocalDate day) =>
        versions.ToDictionary(list => list.Key, list => list.Value.LastOrDefault(version => DayOf(version.From) <= day) ?? list.Value[0], StringComparer.Ordinal);

    /// <summary>The days on which one of the lists changes, in order.</summary>
    public ImmutableArray<LocalDate> Changes(IEnumerable<string> names) =>
        [.. names.SelectMany(name => versions.GetValueOrDefault(name, []).Skip(1)).Select(version => DayOf(version.From)).Distinct().Order()];

    internal static LocalDate DayOf(string? from) => from is null ? LocalDate.MinIsoValue : LocalDatePattern.Iso.Parse(from).Value;

    static void Refuse(IEnumerable<(CodeList List, string File)> lists, Func<(CodeList List, string File), string> key, Func<string, string, string> message, ProblemList problems)
    {
        foreach (var (twice, first) in lists.GroupBy(key, StringComparer.Ordinal).SelectMany(group => group.Skip(1).Select(one => (one, group.First()))))
            problems.Add(new Place(twice.File, 1, 1), "version", message(key(twice), first.File), value: key(twice));
    }
}
