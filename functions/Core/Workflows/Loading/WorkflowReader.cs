using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads and checks a whole definition.</summary>
static partial class WorkflowReader
{
    public static Outcome<Workflow> Read(string text, string file, WorkflowHost host)
    {
        var root = SourceReader.Read(text, file);
        if (!root.Succeeded) return root.Problems;
        var context = new LoadContext(text, file, new ProblemList(), host);
        var fields = SourceFields.Of(root.Value, context.Problems);
        var reader = new TaskReader(context);

        var document = fields.RequiredFields("document");
        var (ns, name, version, title) = Document(document);
        Evaluate(context, fields.Fields("evaluate"));
        var use = fields.Fields("use");
        UseReader.Names(context, use);
        var schedule = ScheduleReader.Read(context, fields.Fields("schedule"));
        var basics = reader.Basics(fields, new TaskBasics("", name, JsonValue.Null, fields.Place), LoadContext.Everywhere);
        RefuseTaskFields(fields);
        var main = new DoTask(basics, reader.List(fields.Required("do"), "/do", LoadContext.Everywhere, "\"do\""));
        fields.RefuseOthers();
        var extensions = UseReader.Extensions(context, reader, use);
        var functions = UseReader.Functions(context, reader);
        use?.RefuseOthers();
        ListenCheck.Check(context);
        Check(context.Problems, main, functions, extensions);
        return context.Problems.IsEmpty
            ? new Workflow(main, functions, extensions, [.. context.Listens], root.Value.ToJson())
            {
                Namespace = ns,
                Name = name,
                Version = version,
                Title = title ?? name,
                Text = text,
                Start = schedule.Start,
                Schedule = schedule.Times,
                Emits = [.. context.Emits],
                Hears = [.. context.Filters.SelectMany(pair => pair.Filter.With.Where(test => test.Key == "type").Select(test => (pair.Place, test.Value))).Where(pair => pair.Value is IsEqual).Select(pair => new HeardEvent(pair.Value.ToString()!, pair.Place))],
                Refusals = InOrder(context.Refusals.ToImmutable()),
            }
            : InOrder(context.Problems.ToImmutable().AddRange(context.Refusals.ToImmutable()));
    }

    public static ImmutableArray<Problem> CheckFunction(string text, string file, WorkflowHost host)
    {
        var root = SourceReader.Read(text, file);
        if (!root.Succeeded) return root.Problems;
        var context = new LoadContext(text, file, new ProblemList(), host);
        var task = new TaskReader(context).Task(new SourceEntry("function", root.Value.Place, root.Value), "", LoadContext.Everywhere);
        if (task is not null) new FlowCheck(context.Problems).Below(task);
        return InOrder(context.Problems.ToImmutable().AddRange(context.Refusals.ToImmutable()));
    }

    static ImmutableArray<Problem> InOrder(ImmutableArray<Problem> problems) =>
        [.. problems.Distinct().OrderBy(problem => problem.Place?.Line ?? int.MaxValue).ThenBy(problem => problem.Place?.Column ?? 0)];

    static void Evaluate(LoadContext context, SourceFields? evaluate)
    {
        if (evaluate is null) return;
        if (evaluate.Text("language") is { } language && language != "jq")
            context.Problems.WrongFormat(evaluate.Map["language"]!.Place, "evaluate.language", language, "must be jq: that is the language of expressions read here");
        context.IsLoose = evaluate.OptionalOneOf("mode", "strict", "loose") == "loose";
        evaluate.RefuseOthers();
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

    static void Check(ProblemList problems, DoTask main, IReadOnlyDictionary<string, TaskDefinition> functions, ImmutableArray<Extension> extensions)
    {
        var check = new FlowCheck(problems);
        check.Sequence(main.List);
        foreach (var list in extensions.SelectMany(extension => new[] { extension.Before, extension.After })) check.Sequence(list);
        foreach (var function in functions.Values) check.Below(function);
        check.Calls(functions);
    }

    [GeneratedRegex("^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionForm();
}
