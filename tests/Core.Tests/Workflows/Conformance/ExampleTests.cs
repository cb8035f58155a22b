using Interop.Core.Workflows;
using Xunit.Abstractions;

namespace Interop.Core.Tests.Workflows.Conformance;

/// <summary>Every example of the specification is well-formed, and those a host refuses are refused by name.</summary>
public sealed class ExampleTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Every_example_is_well_formed()
    {
        var folder = ConformanceData.Folder("examples");
        Skip.If(folder is null, "examples: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        var files = Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToArray();
        var loaded = files.ToDictionary(file => Path.GetFileName(file), file => Workflow.Read(File.ReadAllText(file), Path.GetFileName(file), WorkflowHost.Everything), StringComparer.Ordinal);
        var wrong = loaded.Where(pair => !pair.Value.Succeeded).SelectMany(pair => pair.Value.Problems).Select(problem => problem.ToString()).ToArray();
        output.WriteLine($"{loaded.Count(pair => pair.Value.Succeeded)} of {files.Length} examples are well-formed; {loaded.Count(pair => pair.Value is { Succeeded: true, Value.Refusals.IsEmpty: true })} of them need nothing that every host refuses.");
        Assert.Empty(wrong);
        Assert.NotEmpty(files);
    }

    [SkippableFact]
    public void Every_refusal_names_its_task()
    {
        var folder = ConformanceData.Folder("examples");
        Skip.If(folder is null, "examples: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Where(file => Path.GetFileName(file) is var name && (name.StartsWith("run-container", StringComparison.Ordinal) || name.StartsWith("call-asyncapi", StringComparison.Ordinal) || name == "call-grpc.yaml")))
        {
            var workflow = Workflow.Read(File.ReadAllText(file), Path.GetFileName(file), WorkflowHost.Everything).Value;
            Assert.All(workflow.Refusals, refusal => Assert.Contains("the task \"", refusal.Message, StringComparison.OrdinalIgnoreCase));
            Assert.NotEmpty(workflow.Refusals);
        }
    }
}
