namespace Interop.Local.Tests.Commands;

/// <summary>check, draw and simulate, as a user starts them.</summary>
public sealed class WorkflowCommandTests : IDisposable
{
    const string Good = "document: { dsl: '1.0.3', namespace: tests, name: good, version: '1.0.0' }\ndo: [ { ask: { call: lookup, with: { record: x } } }, { rest: { wait: PT1H } } ]";

    readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("interop");

    public void Dispose() => scratch.Delete(recursive: true);

    [Fact]
    public async Task Check_tells_every_problem_of_every_file()
    {
        var (code, _, errors) = await ChildProcess.Run("check", Write("good.yaml", Good), Write("bad.yaml", Good.Replace("lookup", "lokup", StringComparison.Ordinal).Replace("PT1H", "long", StringComparison.Ordinal)), "missing.yaml");
        Assert.Equal((1, 3), (code, errors.Length));
        Assert.Contains("bad.yaml:2:22: There is no function \"lokup\". Did you mean \"lookup\"?", errors[0], StringComparison.Ordinal);
        Assert.Contains("missing.yaml cannot be read", errors[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_writes_an_svg()
    {
        var (code, output, _) = await ChildProcess.Run("draw", Write("good.yaml", Good));
        Assert.Equal(0, code);
        Assert.StartsWith("<svg ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_prints_the_steps()
    {
        var (code, output, _) = await ChildProcess.Run("simulate", Write("good.yaml", Good), "--input", Write("input.yaml", "a: 1"), "--events", Write("events.yaml", "- done: ask\n  output: { b: 2 }"));
        Assert.Equal(0, code);
        foreach (var part in new[] { "run-started", "task-started", "/do/0/ask", "effect-done", "{\"b\":2}", "run-completed", "The run is completed." }) Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_says_what_the_run_waits_for()
    {
        var (_, output, _) = await ChildProcess.Run("simulate", Write("good.yaml", Good));
        Assert.Contains("The run waits for: call lookup at /do/0/ask.", output, StringComparison.Ordinal);
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(scratch.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
