using Interop.Core.Jq;
using Interop.Core.Json;
using Xunit.Abstractions;

namespace Interop.Core.Tests.Jq;

/// <summary>Every block of jq's own tests, but those in Skipped.txt, which says why.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    static readonly JqLimits Generous = JqLimits.Default with { Steps = 100_000_000 };

    public static TheoryData<string> Files => [.. Conformance.Files];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Blocks_give_what_jq_gives(string file)
    {
        var skipped = Skipped();
        var failures = new List<string>();
        int passed = 0, left = 0;
        var cases = Cases(file);
        foreach (var block in cases)
        {
            var wrong = Check(block);
            if (wrong is null) passed++;
            if (skipped.ContainsKey(block.Program)) left++;
            if (skipped.ContainsKey(block.Program) == wrong is null)
                failures.Add(wrong is null ? $"{file}:{block.Line} passes, take it off the list: {block.Program}" : $"{file}:{block.Line}\t{block.Program}\n\t{wrong}");
        }

        output.WriteLine($"{file}: {passed} of {cases.Count} blocks as jq ({100.0 * passed / cases.Count:F1} %), {left} skipped with a reason");
        Assert.True(failures.Count == 0, $"{failures.Count} blocks of {file}, {passed} of {cases.Count} pass:\n{string.Join('\n', failures)}");
    }

    [SkippableFact]
    public void Of_the_language_tests_98_percent_pass()
    {
        var cases = Cases("jq.test").Concat(Cases("man.test")).ToList();
        var passed = cases.Count(block => Check(block) is null);
        output.WriteLine($"jq.test and man.test: {passed} of {cases.Count} blocks as jq ({100.0 * passed / cases.Count:F1} %)");
        Assert.True(passed >= 0.98 * cases.Count, $"{passed} of {cases.Count} pass.");
    }

    [SkippableFact]
    public void Every_skipped_program_is_in_the_tests()
    {
        var programs = Conformance.Files.SelectMany(Cases).Select(block => block.Program).ToHashSet(StringComparer.Ordinal);
        Assert.All(Skipped().Keys, program => Assert.Contains(program, programs));
    }

    static List<ConformanceCase> Cases(string file)
    {
        var folder = Conformance.Folder();
        Skip.If(folder is null, $"{file}: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        return [.. Conformance.Read(Path.Combine(folder!, file))];
    }

    static string? Check(ConformanceCase block)
    {
        var compiled = JqProgram.Compile(block.Program, []);
        if (block.MustFail) return compiled.Succeeded ? "compiles, but must not" : null;
        if (!compiled.Succeeded) return string.Join("; ", compiled.Problems);
        return Check(block, compiled.Value) ?? CheckPrinted(block, compiled.Value.Formatted);
    }

    // What is printed must do the same, and print to itself.
    static string? CheckPrinted(ConformanceCase block, string printed)
    {
        var compiled = JqProgram.Compile(printed, []);
        if (!compiled.Succeeded) return $"printed as {printed}: {string.Join("; ", compiled.Problems)}";
        if (compiled.Value.Formatted != printed) return $"printed as {printed}, then as {compiled.Value.Formatted}";
        return Check(block, compiled.Value) is { } wrong ? $"printed as {printed}: {wrong}" : null;
    }

    static string? Check(ConformanceCase block, JqProgram program)
    {
        if (!JsonReader.TryRead(block.Input!, out var input, out var reason)) return $"input: {reason}";
        var given = program.Run(input, limits: Generous).ToList();
        var last = given.Count > 0 && !given[^1].Succeeded ? string.Join("; ", given[^1].Problems) : null;
        var values = given.Where(outcome => outcome.Succeeded).Select(outcome => outcome.Value).ToList();
        var same = values.Count == block.Outputs.Count && values.Zip(block.Outputs).All(pair => Matches(pair.First, pair.Second));
        return same ? null : $"gave {string.Join(" ", values.Select(JsonText.Write))} {last}\n\tnot  {string.Join(" ", block.Outputs)}";
    }

    static bool Matches(JsonValue value, string expected) => JsonReader.TryRead(expected, out var wanted, out _) && Order.Equal(ProgramTests.Machine(), value, wanted) == 1;

    static Dictionary<string, string> Skipped() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Jq", "Skipped.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" -> ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
