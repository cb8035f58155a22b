using System.Globalization;
using Interop.Local.Tests.Journeys;

namespace Interop.Azure.Tests.Costs;

/// <summary>The tables of docs/scale.md, whose figures are those that the tests count.</summary>
static class ScaleDoc
{
    static readonly string[] Lines = File.ReadAllLines(Path.Combine(TestPlatform.Mappings, "..", "docs", "scale.md"));

    /// <summary>All of it.</summary>
    public static string Text => string.Join('\n', Lines);

    /// <summary>A row of a table: the section's heading, and how the row begins; its cells by the heads of their columns.</summary>
    public static IReadOnlyDictionary<string, string> Row(string section, string row)
    {
        var table = Lines.SkipWhile(line => line != $"## {section}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith('|')).ToArray();
        var at = Array.FindIndex(table, line => Cells(line)[0] == row);
        Assert.True(at > 0, $"docs/scale.md has no row \"{row}\" under \"{section}\".");

        // The head is what stands over the nearest rule above.
        var rule = Array.FindLastIndex(table, at, line => line.StartsWith("|---", StringComparison.Ordinal));
        return Cells(table[rule - 1]).Zip(Cells(table[at])).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal);
    }

    /// <summary>A number of a row.</summary>
    public static decimal Number(string section, string row, string column) => decimal.Parse(Row(section, row)[column].TrimStart('£'), NumberStyles.Number, CultureInfo.InvariantCulture);

    static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
}
