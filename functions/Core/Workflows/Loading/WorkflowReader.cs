using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads and checks a whole definition.</summary>
static partial class WorkflowReader
{
    static readonly string[] UnsupportedUses = ["authentications", "extensions", "secrets", "catalogs"];

    static readonly string[] UnsupportedSchedules = ["every", "cron", "after"];

    public static Outcome<Workflow> Read(string text, string file, WorkflowHost host)
    {
        var root = SourceReader.Read(text, file);
        if (!root.Succeeded) return root.Problems;
        var context = new LoadContext(text, new ProblemList(), host);
        var fields = SourceFields.Of(root.Value, context.Problems);
        var reader = new TaskReader(context);

        var document = fields.RequiredFields("document");
        var (ns, name, version, title) = Document(document);
        Use(context, fields.Fields("use"));
        var functions = Functions(context, reader);
        var start = Schedule(context, fields.Fields("schedule"));
        var basics = reader.Basics(fields, new TaskBasics("", name, JsonValue.Null, fields.Place), LoadContext.Everywhere);
        RefuseTaskFields(fields);
        var main = new DoTask(basics, reader.List(fields.Required("do"), "/do", LoadContext.Everywhere, "\"do\""));
        fields.RefuseOthers();

        // The graph is checked once the tasks can be read, so that one wrong task does not make its neighbours look unreachable.
        if (context.Problems.IsEmpty) Check(context.Problems, main, functions);
        return context.Problems.Or(() => new Workflow(main, functions, [.. context.Listens], root.Value.ToJson())
        {
            Namespace = ns,
            Name = name,
            Version = version,
            Title = title ?? name,
            Text = text,
            Start = start,
        });
    }

    static (string Namespace, string Name, string Version, string? Title) Document(SourceFields document)
    {
        var dsl = document.RequiredText("dsl");
        if (dsl.Length > 0 && !dsl.StartsWith("1.0.", StringComparison.Ordinal)) document.Problems.WrongFormat(document.Map["dsl"]!.Place, "dsl", dsl, "must be a version 1.0.x: that is the DSL read here");
        var found = (Matching(document, "namespace", NameForm(), NameRule), Matching(document, "name", NameForm(), NameRule), Matching(document, "version", VersionForm(), "must be a semantic version, such as '1.0.0'"), document.Text("title"));
        document.Text("summary");
        document.Fields("tags");
        document.Fields("metadata");
        document.RefuseOthers();
        return found;
    }

    const string NameRule = "must be 1 to 63 letters, digits and hyphens, beginning and ending with a letter or digit";

    static string Matching(SourceFields fields, string name, Regex form, string rule)
    {
        var text = fields.RequiredText(name);
        if (text.Length > 0 && !form.IsMatch(text)) fields.Problems.WrongFormat(fields.Map[name]!.Place, name, text, rule);
        return text;
    }

    static void RefuseTaskFields(SourceFields fields)
    {
        foreach (var name in new[] { "if", "export", "then", "metadata" })
            if (fields.Map.Entries.FirstOrDefault(entry => entry.Name == name) is { } entry)
                fields.Problems.Add(entry.Place, "unknown-field", $"\"{name}\" belongs to a task, not to the workflow. Remove it.", value: name);
    }

    static void Use(LoadContext context, SourceFields? use)
    {
        if (use is null) return;
        foreach (var name in UnsupportedUses)
            if (use.Optional(name) is { } node) context.Problems.NotSupported(node.Place, $"\"use.{name}\"", "Remove it.");
        foreach (var entry in use.Fields("functions")?.Map.Entries ?? []) context.Use.Functions[entry.Name] = entry;
        foreach (var entry in use.Fields("errors")?.Map.Entries ?? []) context.Use.Errors[entry.Name] = TaskReader.Error(context, entry.Value, LoadContext.Everywhere);
        foreach (var entry in use.Fields("retries")?.Map.Entries ?? []) context.Use.Retries[entry.Name] = RetryReader.Policy(context, entry.Value, LoadContext.Everywhere.Add("error"));
        foreach (var entry in use.Fields("timeouts")?.Map.Entries ?? [])
            context.Use.Timeouts[entry.Name] = TaskReader.TimeoutOf(context, entry.Value, LoadContext.Everywhere) ?? new Delay(TimeSpan.Zero, null);
        use.RefuseOthers();
    }

    static Dictionary<string, TaskDefinition> Functions(LoadContext context, TaskReader reader)
    {
        var functions = new Dictionary<string, TaskDefinition>(StringComparer.Ordinal);
        foreach (var (name, entry) in context.Use.Functions)
        {
            if (context.Host.Functions.Any(function => function.Name == name) || name == "http")
                context.Problems.WrongFormat(entry.Place, "use.functions", name, "must not have the name of a function that is always there; give it another");
            if (reader.Task(entry, $"/use/functions/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", LoadContext.Everywhere) is { } task) functions[name] = task;
        }

        return functions;
    }

    static StartRule? Schedule(LoadContext context, SourceFields? schedule)
    {
        if (schedule is null) return null;
        foreach (var name in UnsupportedSchedules)
            if (schedule.Optional(name) is { } node) context.Problems.NotSupported(node.Place, $"\"schedule.{name}\"", "Not yet: start the workflow with schedule.on.");
        var on = schedule.Fields("on");
        schedule.RefuseOthers();
        if (on is null) return null;
        var to = EventReader.Strategy(context, on, ["workflow", "runtime", "now"]);
        if (to.Kind == ConsumptionKind.All || to.TakesMany || to.Filters.IsEmpty)
            context.Problems.NotSupported(on.Place, "A start on several events, or on any event,", "Use one, or any with filters.");
        foreach (var correlation in to.Filters.SelectMany(filter => filter.Correlations).Where(correlation => correlation.Expect is not null))
            context.Problems.Add(on.Place, "events", $"The correlation \"{correlation.Name}\" of a start cannot expect a value: there is no run yet. Remove \"expect\".");
        return new StartRule(to.Filters);
    }

    static void Check(ProblemList problems, DoTask main, Dictionary<string, TaskDefinition> functions)
    {
        var check = new FlowCheck(problems);
        check.Sequence(main.List);
        foreach (var function in functions.Values) check.Below(function);
        check.Calls(functions);
    }

    [GeneratedRegex("^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex VersionForm();
}
