using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;

namespace Interop.Local.Commands;

/// <summary>Mappings beside each other: what one system does not learn of another, what a version changes, and every pair at once.</summary>
static class MappingCommands
{
    /// <summary>Composes what two systems, or two mappings, have in common.</summary>
    public static int Compose(string folder, string from, string to, bool json)
    {
        if (Read(folder) is not { } read) return 1;
        var (senders, receivers) = (Named(read, from, MappingDirection.In), Named(read, to, MappingDirection.Out));
        var problems = new[] { senders.Problems, receivers.Problems }.SelectMany(found => found).ToImmutableArray();
        if (!problems.IsEmpty) return Failures.Show(problems);
        var composed = senders.Value.SelectMany(sender => receivers.Value.Where(receiver => receiver.Canonical == sender.Canonical).Select(receiver => Composition.Of(sender, receiver, ExampleDocuments.Of(folder, sender)))).ToImmutableArray();
        if (composed.IsEmpty) return Failures.Show([new Problem("no-common-record", $"\"{from}\" and \"{to}\" have no canonical record in common: nothing of the one can reach the other.")]);
        if (json) Console.WriteLine(JsonValue.Of(composed.Select(ReportJson.Of)).ToIndentedString());
        else foreach (var line in composed.SelectMany(PairText.Lines)) Console.WriteLine(line);
        return 0;
    }

    /// <summary>Every mapping that goes in beside every one that goes out.</summary>
    public static int Matrix(string folder, bool json)
    {
        if (Read(folder) is not { } read) return 1;
        var all = read.Mappings.Newest.Values.OrderBy(mapping => mapping.Name, StringComparer.Ordinal).ToList();
        var pairs = all.AsParallel().AsOrdered().SelectMany(from => MappingMatrix.From(from, all, ExampleDocuments.Of(folder, from))).ToList();
        if (json) Console.WriteLine(JsonValue.Of(pairs.Select(ReportJson.Of)).ToIndentedString());
        else foreach (var line in PairText.Lines(pairs, read.Mappings.Newest.Values.ToDictionary(mapping => mapping.Name, mapping => mapping.Canonical, StringComparer.Ordinal))) Console.WriteLine(line);
        return 0;
    }

    /// <summary>What changes from one version to another; each is a name with a version (<c>rms-occurrence@1</c>) or a mapping's folder.</summary>
    public static int Diff(string folder, string before, string after, bool json)
    {
        if (Read(folder) is not { } read) return 1;
        if (!read.Mappings.Canonical.Versions(before.Split('@')[0]).IsEmpty) return DiffRecords(read.Mappings.Canonical, before, after, json);
        var (old, now) = (Version(read, folder, before), Version(read, folder, after));
        var problems = new[] { old.Problems, now.Problems }.SelectMany(found => found).ToImmutableArray();
        if (!problems.IsEmpty) return Failures.Show(problems);
        var changes = MappingDiff.Of(old.Value, now.Value);
        if (json) Console.WriteLine(JsonValue.Of(changes.Select(ReportJson.Of)).ToIndentedString());
        else foreach (var line in changes.SelectMany(PairText.Lines).DefaultIfEmpty($"Nothing changes for data from {old.Value.Reference} to {now.Value.Reference}.")) Console.WriteLine(line);
        return 0;
    }

    // Of canonical records; one that stands without a version is the newest here, as of mappings.
    static int DiffRecords(CanonicalRecords records, string before, string after, bool json)
    {
        var named = new[] { before, after }.Select(one => one.Contains('@', StringComparison.Ordinal) || records.Versions(one).IsEmpty ? CanonicalReference.Of(one) : new CanonicalReference(one, records.Versions(one)[^1].Version.ToString())).ToList();
        if (named.Where(one => records.Find(one) is null).Select(one => new Problem("unknown-record", records.Missing(one), Value: one.ToString())).ToImmutableArray() is { IsEmpty: false } missing) return Failures.Show(missing);
        if (named[0].Name != named[1].Name) return Failures.Show([new Problem("unknown-version", $"\"{named[0].Name}\" and \"{named[1].Name}\" are two records, not versions of one. Name two of: {string.Join(", ", records.Versions(named[0].Name).Select(record => record.Reference))}.", Value: named[1].ToString())]);
        var changes = RecordDiff.Of(records.Find(named[0])!, records.Find(named[1])!);
        if (json) Console.WriteLine(JsonValue.Of(changes.Select(ReportJson.Of)).ToIndentedString());
        else foreach (var line in changes.Select(change => change.Sentence).DefaultIfEmpty($"{named[0]} and {named[1]} say the same of data.")) Console.WriteLine(line);
        return 0;
    }

    sealed record Definitions(ImmutableSortedDictionary<string, string> Files, MappingFolder Mappings);

    // What does not load is no reason to say nothing of the rest.
    static Definitions? Read(string folder)
    {
        var files = DefinitionFolder.Read(folder);
        if (!files.Succeeded)
        {
            Failures.Show(files.Problems);
            return null;
        }

        var problems = new ProblemList();
        var mappings = MappingFolder.Load(files.Value, problems);
        Failures.Show(problems.ToImmutable());
        return new Definitions(files.Value, mappings);
    }

    // A system stands for the mappings of all its messages that go that way.
    static Outcome<ImmutableArray<MappingDefinition>> Named(Definitions read, string name, MappingDirection way)
    {
        var newest = read.Mappings.Newest;
        if (newest.TryGetValue(name.Split('@')[0], out var one))
            return one.Direction.HasFlag(way) ? ImmutableArray.Create(one) : new Problem("direction", $"The mapping \"{name}\" does not go {(way == MappingDirection.In ? "in" : "out")}.", Value: name);
        var system = read.Files.Where(file => file.Key == $"systems/{name}.yaml").Select(file => SourceReader.Read(file.Value, file.Key).Then(SystemDefinition.Load)).FirstOrDefault();
        if (system is { Succeeded: true })
        {
            var names = system.Value.Messages.Values.SelectMany(message => new[] { message.Mapping, message.AnswerMapping }).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            return names.Where(newest.ContainsKey).Select(mapping => newest[mapping]).Where(mapping => mapping.Direction.HasFlag(way)).ToImmutableArray();
        }

        var known = newest.Keys.Concat(read.Files.Keys.Where(path => path.StartsWith("systems/", StringComparison.Ordinal)).Select(path => Path.GetFileNameWithoutExtension(path))).ToList();
        var meant = Spelling.Nearest(name, known);
        return new Problem("unknown-mapping", $"There is no mapping and no system \"{name}\".{(meant is null ? "" : $" Did you mean \"{meant}\"?")}", Value: name);
    }

    static Outcome<MappingDefinition> Version(Definitions read, string folder, string wanted)
    {
        if (Directory.Exists(wanted)) return Beside(read, folder, wanted);
        var (name, version) = wanted.Split('@', 2) is [var left, var right] ? (left, right) : (wanted, "");
        if (!read.Mappings.Mappings.TryGetValue(name, out var versions))
            return new Problem("unknown-mapping", $"There is no mapping \"{name}\" and no such folder.{(Spelling.Nearest(name, read.Mappings.Mappings.Keys) is { } meant ? $" Did you mean \"{meant}\"?" : "")}", Value: wanted);
        var found = version.Length == 0 ? versions.Newest : versions.All.LastOrDefault(one => one.Version == version || one.Version.StartsWith(version + ".", StringComparison.Ordinal));
        return found is not null ? found : new Problem("unknown-version", $"The mapping \"{name}\" has no version {version}. There are: {string.Join(", ", versions.All.Select(one => one.Version).Distinct())}.", Value: wanted);
    }

    // A mapping that is not in the folder of definitions yet, with the canonical schemas and code lists of that folder.
    static Outcome<MappingDefinition> Beside(Definitions read, string folder, string path)
    {
        var own = DefinitionFolder.Read(path);
        if (!own.Succeeded) return own.Problems;
        var files = read.Files.RemoveRange(read.Files.Keys.Where(name => name.StartsWith("maps/", StringComparison.Ordinal)))
            .AddRange(own.Value.Select(file => KeyValuePair.Create($"maps/given/{file.Key}", file.Value)));
        var problems = new ProblemList();
        var loaded = MappingFolder.Load(files, problems).Mappings.GetValueOrDefault("given");
        return loaded is not null ? loaded.Newest : problems.IsEmpty ? new Problem("no-file", $"There is no mapping.yaml in {path}, or its schema is not beside it (definitions: {folder}).", Value: path) : problems.ToImmutable();
    }
}
