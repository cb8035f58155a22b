namespace Interop.Core.Tests.Workflows.Conformance;

/// <summary>A step: its sentence without Given, When, Then and And, and the text below it.</summary>
public sealed record Step(string Text, string Below);

/// <summary>A scenario of a feature file.</summary>
public sealed record Scenario(string File, string Name, IReadOnlyList<Step> Steps)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Name}";
}

/// <summary>Reads as much of Gherkin as the conformance features use: scenarios, steps, and texts between """.</summary>
static class Gherkin
{
    const string Fence = "\"\"\"";

    static readonly string[] Keywords = ["Given ", "When ", "Then ", "And ", "given "];

    public static IEnumerable<Scenario> Read(string file)
    {
        var (name, steps) = ("", new List<Step>());
        var lines = File.ReadAllLines(file);
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].Trim();
            if (line.StartsWith("Scenario:", StringComparison.Ordinal))
            {
                if (steps.Count > 0) yield return new Scenario(Path.GetFileName(file), name, steps);
                (name, steps) = (line["Scenario:".Length..].Trim(), []);
            }
            else if (Array.Exists(Keywords, keyword => line.StartsWith(keyword, StringComparison.Ordinal)) && name.Length > 0)
            {
                steps.Add(new Step(Plain(line), Below(lines, ref at)));
            }
        }

        if (steps.Count > 0) yield return new Scenario(Path.GetFileName(file), name, steps);
    }

    static string Plain(string line)
    {
        while (Array.Find(Keywords, keyword => line.StartsWith(keyword, StringComparison.Ordinal)) is { } keyword) line = line[keyword.Length..];
        return line.TrimEnd(':', ' ');
    }

    static string Below(string[] lines, ref int at)
    {
        if (at + 1 >= lines.Length || !lines[at + 1].TrimStart().StartsWith(Fence, StringComparison.Ordinal)) return "";
        var indent = lines[at + 1].Length - lines[at + 1].TrimStart().Length;
        var text = new List<string>();
        for (at += 2; at < lines.Length && lines[at].Trim() != Fence; at++) text.Add(lines[at].Length > indent ? lines[at][indent..] : "");
        return string.Join('\n', text);
    }
}
