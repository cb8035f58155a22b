using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Interop.Core.Tests.Workflows.Conformance;
using Interop.Core.Workflows;
using Interop.Core.Workflows.Drawing;

namespace Interop.Core.Tests.Workflows;

public sealed class DrawingTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_task_is_drawn_once_inside_its_parent_and_beside_its_neighbours() => RandomDefinition.Workflows.Hold(Check, everyTime: 100);

    [SkippableFact]
    public void Every_example_is_drawn()
    {
        var folder = ConformanceData.Folder("examples");
        Skip.If(folder is null, "examples: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        foreach (var file in Directory.GetFiles(folder, "*.yaml")) Check(Workflow.Read(File.ReadAllText(file), file, WorkflowHost.Everything).Value);
    }

    [Fact]
    public void A_run_colours_and_marks_its_tasks()
    {
        var workflow = Play.Load(Yaml.Definition("do: [ { one: { set: { a: 1 } } }, { two: { if: 'false', set: { a: 1 } } }, { three: { raise: { error: { type: 'https://e.example/x', status: 400 } } } } ]"));
        var journal = Machine.Start(workflow, Play.Run, default, Play.Begin).Journal;
        var standings = TaskStandings.Of(journal.Select(entry => (entry.KindName, entry.Task)));
        Assert.Equal([TaskStanding.Completed, TaskStanding.Skipped, TaskStanding.Faulted], new[] { "/do/0/one", "/do/1/two", "/do/2/three" }.Select(task => standings[task]));
        var drawn = WorkflowDrawing.Svg(workflow, standings);
        foreach (var part in new[] { "/do/0/one: completed", "/do/1/two: skipped", "/do/2/three: failed", "✓", "✗" }) Assert.Contains(part, drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_the_author_stay_texts()
    {
        var workflow = Play.Load(Yaml.Definition("""do: [ { "<script>\u0007&": { set: { "a\"b": 1 } } } ]"""));
        Assert.Contains(XDocument.Parse(WorkflowDrawing.Svg(workflow)).Descendants(Svg + "tspan"), text => text.Value == "<script>&");
    }

    static void Check(Workflow workflow)
    {
        var root = XDocument.Parse(WorkflowDrawing.Svg(workflow, ImmutableDictionary<string, TaskStanding>.Empty)).Root!;
        var drawn = root.Descendants(Svg + "title").Select(title => title.Value).Order(StringComparer.Ordinal);
        Assert.Equal(workflow.Tasks.Keys.Where(pointer => pointer.Length > 0).Order(StringComparer.Ordinal), drawn);
        CheckInside(root.Element(Svg + "g")!);
    }

    static void CheckInside(XElement block)
    {
        var outer = Box(block);
        var inner = block.Elements(Svg + "g").ToArray();
        foreach (var (at, child) in inner.Index())
        {
            var box = Box(child);
            Assert.True(box.Left >= outer.Left && box.Right <= outer.Right && box.Top >= outer.Top && box.Bottom <= outer.Bottom, $"{child.Element(Svg + "title")?.Value} stands out of its parent.");
            foreach (var other in inner[..at].Select(Box)) Assert.True(box.Left >= other.Right || box.Right <= other.Left || box.Top >= other.Bottom || box.Bottom <= other.Top, "Two blocks overlap.");
            CheckInside(child);
        }
    }

    static (int Left, int Top, int Right, int Bottom) Box(XElement block)
    {
        int Number(string name) => int.Parse(block.Element(Svg + "rect")!.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        return (Number("x"), Number("y"), Number("x") + Number("width"), Number("y") + Number("height"));
    }
}
