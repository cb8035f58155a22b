using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads tasks: what all have in common here, each kind in <c>TaskKinds</c>.</summary>
sealed partial class TaskReader(LoadContext context)
{
    // The first whose name stands in the task is its kind; "for" and "try" come before "do", which they may hold too.
    static readonly (string Name, Func<TaskReader, SourceFields, TaskBasics, ImmutableArray<string>, TaskDefinition?> Read)[] Kinds =
    [
        ("call", (reader, fields, basics, names) => reader.Call(fields, basics, names)),
        ("for", (reader, fields, basics, names) => reader.For(fields, basics, names)),
        ("try", (reader, fields, basics, names) => reader.Try(fields, basics, names)),
        ("fork", (reader, fields, basics, names) => reader.Fork(fields, basics, names)),
        ("listen", (reader, fields, basics, names) => reader.Listen(fields, basics, names)),
        ("emit", (reader, fields, basics, names) => reader.Emit(fields, basics, names)),
        ("raise", (reader, fields, basics, names) => reader.Raise(fields, basics, names)),
        ("run", (reader, fields, basics, names) => reader.Run(fields, basics, names)),
        ("set", (reader, fields, basics, names) => reader.Set(fields, basics, names)),
        ("switch", (reader, fields, basics, names) => reader.Switch(fields, basics, names)),
        ("wait", (reader, fields, basics, names) => reader.Wait(fields, basics, names)),
        ("do", (reader, fields, basics, names) => reader.Do(fields, basics, names)),
    ];

    static readonly string[] KindNames = [.. Kinds.Select(kind => kind.Name)];

    /// <summary>Reads a list of tasks.</summary>
    /// <param name="node">The list; null after its absence was reported.</param>
    /// <param name="pointer">The JSON Pointer of the list.</param>
    /// <param name="names">The variables in scope.</param>
    /// <param name="what">What to call the list in a problem.</param>
    public TaskList List(SourceNode? node, string pointer, ImmutableArray<string> names, string what)
    {
        if (node is null) return TaskList.Empty;
        if (node is not SourceList list)
        {
            context.Problems.WrongList(node.Place, what);
            return TaskList.Empty;
        }

        if (list.Items.IsEmpty) context.Problems.Empty(node.Place, what);
        var tasks = ImmutableArray.CreateBuilder<TaskDefinition>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < list.Items.Length; at++)
        {
            if (list.Items[at] is not SourceMap { Entries: [var entry] })
            {
                context.Problems.WrongList(list.Items[at].Place, what);
                continue;
            }

            if (!seen.Add(entry.Name)) context.Problems.Duplicate(entry.Place, entry.Name);
            var below = $"{pointer}/{at}/{JsonPointer.Escape(entry.Name)}";
            tasks.Add(Task(entry, below, names) ?? new UnreadTask(new TaskBasics(below, entry.Name, JsonValue.Null, entry.Place)));
        }

        return new TaskList(tasks.ToImmutable());
    }

    /// <summary>Reads one task; null after a problem that leaves nothing of it.</summary>
    public TaskDefinition? Task(SourceEntry entry, string pointer, ImmutableArray<string> names)
    {
        var fields = SourceFields.Of(entry.Value, context.Problems);
        var kind = Array.Find(Kinds, kind => fields.Map.Entries.Any(field => field.Name == kind.Name));
        if (kind.Read is null)
        {
            if (entry.Value is SourceMap) context.Problems.UnknownTask(entry.Place, entry.Name, fields.Map.Entries.Select(field => field.Name), KindNames);
            return null;
        }

        var basics = Basics(fields, new TaskBasics(pointer, entry.Name, entry.Value.ToJson(), entry.Place), names);
        var task = kind.Read(this, fields, basics, names);
        if (task is not null) fields.RefuseOthers();
        return task;
    }

    /// <summary>Reads what every task has, and a workflow too.</summary>
    public TaskBasics Basics(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        fields.Optional("metadata");
        return basics with
        {
            If = context.Bare(fields.Optional("if"), names, "\"if\""),
            Input = Filter(fields, "input", "from", names),
            Output = Filter(fields, "output", "as", names),
            Export = Filter(fields, "export", "as", names),
            Timeout = Timeout(fields, names),
            Then = fields.Text("then") is { } then ? Flow.Of(then) : Flow.Continue,
        };
    }

    Filter? Filter(SourceFields fields, string name, string by, ImmutableArray<string> names)
    {
        var filter = fields.Fields(name);
        if (filter is null) return null;
        var schema = filter.Fields("schema") is { } given ? SchemaOf(given, name) : null;
        var template = context.BareOrTemplate(filter.Optional(by), names, $"\"{name}.{by}\"");
        filter.RefuseOthers();
        return new Filter(template, schema);
    }

    Schema? SchemaOf(SourceFields fields, string name)
    {
        if (fields.Text("format") is { } format && format != "json" && !format.StartsWith("json:", StringComparison.Ordinal))
            context.Problems.Add(fields.Map["format"]!.Place, "unknown-value", $"The format of \"{name}.schema\" must be json.", value: format);
        var (document, resource) = (fields.Optional("document"), fields.Optional("resource"));
        fields.RefuseOthers();
        if (document is null == resource is null) context.Problems.ExactlyOne(fields.Place, $"\"{name}.schema\"", ["document", "resource"]);
        if (resource is not null)
        {
            Shapes.Resource(context, "resource", resource, LoadContext.Everywhere);
            context.Refusals.NotSupported(resource.Place, $"A schema from elsewhere (\"{name}.schema.resource\")", "Write it as \"document\", so that a run does not depend on what stands there later.");
        }

        if (document is null) return null;
        var schema = Schema.Load(document);
        context.Problems.AddRange(schema.Problems);
        return schema.Succeeded ? schema.Value : null;
    }

    Delay? Timeout(SourceFields fields, ImmutableArray<string> names)
    {
        var node = fields.Optional("timeout");
        if (node is SourceScalar reference)
        {
            if (context.Use.Timeouts.TryGetValue(reference.Text, out var known)) return known;
            context.Problems.UnknownName(reference.Place, "undefined", "timeout", reference.Text, context.Use.Timeouts.Keys, "Define it under use.timeouts.");
            return null;
        }

        return node is null ? null : TimeoutOf(context, node, names);
    }

    public static Delay? TimeoutOf(LoadContext context, SourceNode node, ImmutableArray<string> names)
    {
        var fields = SourceFields.Of(node, context.Problems);
        var after = context.Delay(fields.Required("after"), names);
        fields.RefuseOthers();
        return after;
    }

}
