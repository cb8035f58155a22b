using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>One method for each kind of task but the calls.</summary>
sealed partial class TaskReader
{
    const int MostBranches = 100;

    static readonly string[] ErrorMembers = ["type", "status", "instance", "title", "details"];

    DoTask Do(SourceFields fields, TaskBasics basics, ImmutableArray<string> names) =>
        new(basics, List(fields.Required("do"), basics.Pointer + "/do", names, "\"do\""));

    ForTask For(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var loop = fields.RequiredFields("for");
        var (each, at) = (Variable(loop, "each", "item"), Variable(loop, "at", "index"));
        var items = context.Bare(loop.Required("in"), names, "\"in\"");
        loop.RefuseOthers();
        var inside = names.Add(each).Add(at);
        var condition = context.Bare(fields.Optional("while"), inside, "\"while\"");
        return new ForTask(basics, each, at, items!, condition, List(fields.Required("do"), basics.Pointer + "/do", inside, "\"do\""));
    }

    TryTask Try(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var body = List(fields.Required("try"), basics.Pointer + "/try", names, "\"try\"");
        var caught = fields.RequiredFields("catch");
        var with = ErrorFilter(caught.Fields("errors"));
        var name = Variable(caught, "as", "error");
        var inside = names.Add(name);
        var when = context.Bare(caught.Optional("when"), inside, "\"when\"");
        var exceptWhen = context.Bare(caught.Optional("exceptWhen"), inside, "\"exceptWhen\"");
        var retry = Retry(caught.Optional("retry"), inside);
        var handler = caught.Optional("do");
        var handled = List(handler, basics.Pointer + "/catch/do", inside, "\"catch.do\"");
        caught.RefuseOthers();
        return new TryTask(basics, body, new Catch(with, name, when, exceptWhen, retry, handled, handler is not null));
    }

    JsonValue ErrorFilter(SourceFields? errors)
    {
        var with = errors?.Fields("with");
        if (with is null) return JsonValue.EmptyObject;
        foreach (var member in ErrorMembers) with.Optional(member);
        with.RefuseOthers();
        errors!.RefuseOthers();
        return with.Map.ToJson();
    }

    RetryPolicy? Retry(SourceNode? node, ImmutableArray<string> names)
    {
        if (node is not SourceScalar reference) return node is null ? null : RetryReader.Policy(context, node, names);
        if (context.Use.Retries.TryGetValue(reference.Text, out var known)) return known;
        context.Problems.UnknownName(reference.Place, "undefined", "retry policy", reference.Text, context.Use.Retries.Keys, "Define it under use.retries.");
        return null;
    }

    ForkTask Fork(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var fork = fields.RequiredFields("fork");
        var branches = List(fork.Required("branches"), basics.Pointer + "/fork/branches", names, "\"branches\"");
        if (branches.Count > MostBranches) context.Problems.Add(fork.Place, "range", $"A fork has at most {MostBranches} branches. Use a for over data instead.");
        var competes = fork.Flag("compete");
        fork.RefuseOthers();
        return new ForkTask(basics, branches, competes);
    }

    ListenTask Listen(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var listen = fields.RequiredFields("listen");
        var to = EventReader.Strategy(context, listen.RequiredFields("to"), names);
        var read = listen.OptionalOneOf("read", "data", "envelope", "raw");
        listen.RefuseOthers();
        context.Listens.Add(to);
        var kind = read switch { "envelope" => EventReading.Envelope, "raw" => EventReading.Raw, _ => EventReading.Data };
        return new ListenTask(basics, to, kind, Foreach(fields.Fields("foreach"), basics.Pointer, names));
    }

    public Foreach? Foreach(SourceFields? fields, string pointer, ImmutableArray<string> names)
    {
        if (fields is null) return null;
        var (item, at) = (Variable(fields, "item", "item"), Variable(fields, "at", "index"));
        var inside = names.Add(item).Add(at);
        var body = List(fields.Optional("do"), pointer + "/foreach/do", inside, "\"foreach.do\"");
        var (output, export) = (Filter(fields, "output", "as", inside), Filter(fields, "export", "as", inside));
        var result = new Foreach(item, at, body, output, export);
        fields.RefuseOthers();
        return result;
    }

    EmitTask Emit(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var emit = fields.RequiredFields("emit");
        var emitted = emit.RequiredFields("event");
        var with = emitted.RequiredFields("with");
        with.Required("source");
        with.Required("type");
        context.Emits.Add(with.Map["type"] is SourceScalar type && !LoadContext.IsWrapped(type) && !context.IsLoose ? type.Text : null);
        emitted.RefuseOthers();
        emit.RefuseOthers();
        return new EmitTask(basics, context.Template(with.Map, names));
    }

    RaiseTask Raise(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var raise = fields.RequiredFields("raise");
        var node = raise.Required("error");
        raise.RefuseOthers();
        if (node is not SourceScalar reference) return new RaiseTask(basics, node is null ? new Literal(JsonValue.Null) : Error(context, node, names));
        if (context.Use.Errors.TryGetValue(reference.Text, out var known)) return new RaiseTask(basics, known);
        context.Problems.UnknownName(reference.Place, "undefined", "error", reference.Text, context.Use.Errors.Keys, "Define it under use.errors.");
        return new RaiseTask(basics, new Literal(JsonValue.Null));
    }

    public static Template Error(LoadContext context, SourceNode node, ImmutableArray<string> names)
    {
        var fields = SourceFields.Of(node, context.Problems);
        Literals.ErrorType(context, fields.Required("type"));
        Literals.Status(context, fields.Required("status"));
        foreach (var name in new[] { "title", "detail", "instance" }) fields.Optional(name);
        fields.RefuseOthers();
        return context.Template(node, names);
    }

    TaskDefinition? Run(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var run = fields.RequiredFields("run");
        var awaits = run.Flag("await", otherwise: true);
        run.OptionalOneOf("return", "stdout", "stderr", "code", "all", "none");
        var kinds = ForeignTasks.Processes.Select(process => process.Name).Append("workflow").ToArray();
        var given = kinds.Where(kind => run.Optional(kind) is not null).ToArray();
        run.RefuseOthers();
        if (given is not [var only])
        {
            context.Problems.ExactlyOne(run.Place, "\"run\"", kinds);
            return null;
        }

        if (only == "workflow") return RunWorkflow(run.RequiredFields("workflow"), basics, awaits, names);
        var (_, what, shape) = Array.Find(ForeignTasks.Processes, process => process.Name == only);
        shape(context, only, run.Optional(only)!, names);
        context.Refusals.RefusedByPolicy(run.Optional(only)!.Place, basics.Name, what);
        return new RefusedTask(basics, $"run: {only}");
    }

    RunWorkflowTask RunWorkflow(SourceFields workflow, TaskBasics basics, bool awaits, ImmutableArray<string> names)
    {
        context.Need(HostFeature.RunWorkflow, workflow.Place, $"The task \"{basics.Name}\" (run: workflow)", "Emit an event on which the other workflow is scheduled.");
        var (ns, name) = (workflow.RequiredText("namespace"), workflow.RequiredText("name"));
        var version = workflow.Text("version") ?? "latest";
        var input = workflow.Optional("input") is { } given ? context.Template(given, names) : null;
        workflow.RefuseOthers();
        return new RunWorkflowTask(basics, ns, name, version, input, awaits);
    }

    SetTask Set(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var node = fields.Required("set");
        if (node is SourceScalar scalar && !LoadContext.IsWrapped(scalar) && !LoadContext.IsOpen(scalar) && !context.IsLoose)
            context.Problems.Add(node.Place, "type", "\"set\" must be a mapping, or an expression of the form ${ … }.", value: scalar.Text);
        return new SetTask(basics, node is null ? new Literal(JsonValue.Null) : context.Template(node, names));
    }

    SwitchTask Switch(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var cases = ImmutableArray.CreateBuilder<SwitchCase>();
        fields.Required("switch");
        foreach (var item in fields.List("switch"))
        {
            if (item is not SourceMap { Entries: [var entry] })
            {
                context.Problems.WrongList(item.Place, "\"switch\"");
                continue;
            }

            var one = SourceFields.Of(entry.Value, context.Problems);
            cases.Add(new SwitchCase(entry.Name, context.Bare(one.Optional("when"), names, "\"when\""), Flow.Of(one.RequiredText("then")), entry.Place));
            one.RefuseOthers();
        }

        foreach (var second in cases.Where(one => one.When is null).Skip(1))
            context.Problems.Add(second.Place, "switch", $"The case \"{second.Name}\" has no \"when\", and neither has one before it: only one can stand for all others. Add a condition.", value: second.Name);
        return new SwitchTask(basics, cases.ToImmutable());
    }

    WaitTask Wait(SourceFields fields, TaskBasics basics, ImmutableArray<string> names) =>
        new(basics, context.Delay(fields.Required("wait"), names) ?? new Delay(TimeSpan.Zero, null));

    string Variable(SourceFields fields, string field, string otherwise)
    {
        var name = fields.Text(field) ?? otherwise;
        if (name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
        {
            if (!LoadContext.Everywhere.Contains(name, StringComparer.Ordinal)) return name;
            context.Problems.WrongFormat(fields.Place, field, name, "must not be the name of a variable that is always there");
            return otherwise;
        }

        context.Problems.WrongFormat(fields.Place, field, name, "must be the name of a variable: letters, digits and _, without $");
        return otherwise;
    }
}
