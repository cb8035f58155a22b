using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>A table of a system's codes and the canonical codes they stand for; each code has one meaning in each direction.</summary>
public sealed class CodeList
{
    CodeList(string name, string version, string? title, string? from, ImmutableArray<Code> codes)
    {
        (Name, Version, Title, From, Codes) = (name, version, title, from, codes);
        ToCanonical = codes.Where(code => code.Ways.HasFlag(MappingDirection.In)).ToDictionary(code => code.Source, code => code.Canonical, StringComparer.Ordinal);
        ToSource = codes.Where(code => code.Ways.HasFlag(MappingDirection.Out)).ToDictionary(code => code.Canonical, code => code.Source, StringComparer.Ordinal);
    }

    /// <summary>The name that mappings use.</summary>
    public string Name { get; }

    /// <summary>The version (semver).</summary>
    public string Version { get; }

    /// <summary>What the codes are.</summary>
    public string? Title { get; }

    /// <summary>The day from which the list applies (<c>2021-04-01</c>), if it is stated.</summary>
    public string? From { get; }

    /// <summary>The rows in the order written.</summary>
    public ImmutableArray<Code> Codes { get; }

    internal IReadOnlyDictionary<string, string> ToCanonical { get; }

    internal IReadOnlyDictionary<string, string> ToSource { get; }

    /// <summary>What each code becomes in a direction.</summary>
    internal IReadOnlyDictionary<string, string> Meanings(MappingDirection way) => way == MappingDirection.In ? ToCanonical : ToSource;

    /// <summary>The codes that become one in a direction, by what they become.</summary>
    internal IEnumerable<IGrouping<string, string>> Shared(MappingDirection way) => Meanings(way).GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal).Where(group => group.Skip(1).Any());

    /// <summary>Those of the values that it does not have in a direction.</summary>
    internal IEnumerable<JsonValue> Missing(MappingDirection way, IEnumerable<JsonValue> values) => values.Where(value => Typed.TextOf(value) is { } code && !Meanings(way).ContainsKey(code));

    /// <summary>Why codes become one in a direction, as the rows say that count in it alone; null if one of them does not say.</summary>
    internal string? ReasonOf(MappingDirection way, IReadOnlyCollection<string> codes)
    {
        var rows = Codes.Where(row => row.Ways == way && codes.Contains(way == MappingDirection.In ? row.Source : row.Canonical)).ToList();
        return rows.Count == 0 || rows.Exists(row => row.Reason is null) ? null : string.Join(' ', rows.Select(row => row.Reason).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Reads a list: CSV if the file's name ends in <c>.csv</c>, else YAML. See docs/mappings.md.</summary>
    public static Outcome<CodeList> Load(string csvOrYaml, string file) => Read(csvOrYaml, file).List;

    /// <summary>As <see cref="Load"/>, with the name of the list, which one that does not load has too: what it says, or what its file is called.</summary>
    public static (string Name, Outcome<CodeList> List) Read(string csvOrYaml, string file)
    {
        var problems = new ProblemList();
        var table = file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? CodeListReader.Csv(csvOrYaml, file, problems)
            : CodeListReader.Yaml(csvOrYaml, file, problems);
        RefuseDoubles(table.Rows, MappingDirection.In, code => code.Source, problems);
        RefuseDoubles(table.Rows, MappingDirection.Out, code => code.Canonical, problems);
        return (table.Name.Length > 0 ? table.Name : NameOf(file), problems.Or(() => new CodeList(table.Name, table.Version, table.Title, table.From, [.. table.Rows.Select(row => row.Code)])));
    }

    // Of codes/name@1.1.0.yaml the name.
    static string NameOf(string file) => file[(file.LastIndexOfAny(['/', '\\']) + 1)..].Split('@', '.')[0];

    static void RefuseDoubles(ImmutableArray<CodeRow> rows, MappingDirection way, Func<Code, string> key, ProblemList problems)
    {
        var first = new Dictionary<string, CodeRow>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Code.Ways.HasFlag(way)))
        {
            if (!first.TryAdd(key(row.Code), row))
                problems.Add(row.Place, "ambiguous-code", MappingMessages.AmbiguousCode(way, key(row.Code), first[key(row.Code)].Place.Line), value: key(row.Code));
        }
    }
}

/// <summary>One row of a <see cref="CodeList"/>.</summary>
/// <param name="Source">The system's code.</param>
/// <param name="Canonical">The canonical code.</param>
/// <param name="Title">What it means.</param>
/// <param name="Ways">In which directions the row counts.</param>
public sealed record Code(string Source, string Canonical, string? Title, MappingDirection Ways)
{
    /// <summary>Why the row counts in one direction only, if it says.</summary>
    public string? Reason { get; init; }
}

sealed record CodeRow(Place Place, Code Code);

sealed record CodeTable(string Name, string Version, string? Title, string? From, ImmutableArray<CodeRow> Rows);
