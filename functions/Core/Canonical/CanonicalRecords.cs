using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Canonical;

/// <summary>Every version of every canonical record. All versions of one take what the versions before them took, so a record that was made by an older one is one of the newest.</summary>
public sealed class CanonicalRecords
{
    readonly ImmutableDictionary<string, ImmutableArray<CanonicalRecord>> versions;
    readonly ImmutableDictionary<CanonicalRecord, Lazy<RecordNarrowing>> narrowings;

    CanonicalRecords(ImmutableDictionary<string, ImmutableArray<CanonicalRecord>> versions)
    {
        this.versions = versions;
        narrowings = versions.Values.SelectMany(own => own.SkipLast(1).Select(record => KeyValuePair.Create(record, new Lazy<RecordNarrowing>(() => RecordNarrowing.Of(record, own[^1]))))).ToImmutableDictionary();
    }

    /// <summary>No record at all.</summary>
    public static CanonicalRecords None { get; } = new(ImmutableDictionary<string, ImmutableArray<CanonicalRecord>>.Empty);

    /// <summary>Records of which a version does not load, with its file.</summary>
    public ImmutableDictionary<string, string> Unloaded { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The records' names.</summary>
    public IEnumerable<string> Names => versions.Keys;

    /// <summary>The records; what one version takes and the next does not, and two of one version, are problems.</summary>
    public static CanonicalRecords Of(IEnumerable<CanonicalRecord> records, ProblemList problems, ImmutableDictionary<string, string>? unloaded = null)
    {
        var byName = ImmutableDictionary.CreateBuilder<string, ImmutableArray<CanonicalRecord>>(StringComparer.Ordinal);
        foreach (var same in records.GroupBy(record => record.Name, StringComparer.Ordinal))
        {
            var ordered = same.OrderBy(record => record.Version, SemanticVersion.OldestFirst).ToImmutableArray();
            foreach (var (older, newer) in ordered.Zip(ordered.Skip(1))) Check(older, newer, problems);
            byName[same.Key] = ordered;
        }

        return new CanonicalRecords(byName.ToImmutable()) { Unloaded = unloaded ?? ImmutableDictionary<string, string>.Empty };
    }

    /// <summary>Records that have one version, the first.</summary>
    public static CanonicalRecords First(IEnumerable<KeyValuePair<string, Schema>> schemas) =>
        Of(schemas.Select(one => new CanonicalRecord(one.Key, SemanticVersion.First, one.Value, one.Value.Shape.Place)), new ProblemList());

    /// <summary>The versions of a record, the oldest first; none if there is no such record.</summary>
    public ImmutableArray<CanonicalRecord> Versions(string name) => versions.GetValueOrDefault(name, []);

    /// <summary>What is named; null if there is none.</summary>
    public CanonicalRecord? Find(CanonicalReference reference) => Versions(reference.Name).FirstOrDefault(record => record.Version.ToString() == reference.Version);

    /// <summary>The newest version of the record that <paramref name="record"/> is a version of.</summary>
    public CanonicalRecord Newest(CanonicalRecord record) => Versions(record.Name)[^1];

    /// <summary>A record without the members that came with newer versions than the one that is named; as it is if there is no such version.</summary>
    public NarrowedRecord Narrow(JsonValue record, CanonicalReference to) => Find(to) is { } own ? Narrow(record, own) : new NarrowedRecord(record, []);

    internal NarrowedRecord Narrow(JsonValue record, CanonicalRecord to) => narrowings.TryGetValue(to, out var narrowing) ? narrowing.Value.Narrow(record) : new NarrowedRecord(record, []);

    /// <summary>Why what is named is none, and what may have been meant.</summary>
    public string Missing(CanonicalReference reference) => Unloaded.TryGetValue(reference.Name, out var file) ? CanonicalMessages.NotLoaded(reference.Name, file)
        : Versions(reference.Name) is { IsEmpty: false } known
        ? CanonicalMessages.NoSuchVersion(reference, known.Select(record => record.Version.ToString()))
        : CanonicalMessages.NoSuchRecord(reference.Name, Spelling.Nearest(reference.Name, Names));

    // A patch says the same in other words; what is only added makes a minor version; nothing else goes beside what is stored and written against the older.
    static void Check(CanonicalRecord older, CanonicalRecord newer, ProblemList problems)
    {
        if (older.Version == newer.Version) problems.Add(newer.Place, "version", CanonicalMessages.Twice(newer.Reference, older.Place.File), value: newer.Reference);
        else if (older.Version.Major != newer.Version.Major) problems.Add(newer.Place, "version", CanonicalMessages.OtherMajor(older, newer), value: newer.Reference);
        else
        {
            foreach (var lost in SchemaWidening.Lost(older.Schema, newer.Schema)) problems.Add(lost.Place, "incompatible", CanonicalMessages.Incompatible(older, newer, lost), value: lost.Path);
            if (older.Version.Minor != newer.Version.Minor || older.Version.Before.Length > 0) return;
            foreach (var added in SchemaWidening.Lost(newer.Schema, older.Schema).Take(1)) problems.Add(newer.Place, "version", CanonicalMessages.NoPatch(older, newer, added), value: added.Path);
        }
    }
}
