using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads <c>use</c>: first what tasks refer to by name, then the tasks it holds itself.</summary>
static class UseReader
{
    const int MostFunctions = 1_000;

    static readonly string[] Extendable = ["call", "composite", "emit", "extension", "for", "listen", "raise", "run", "set", "switch", "try", "wait", "all"];

    /// <summary>Reads what tasks refer to by name.</summary>
    public static void Names(LoadContext context, SourceFields? use)
    {
        if (use is null) return;
        foreach (var secret in use.Texts("secrets")) context.Use.Secrets.Add(secret);
        foreach (var entry in Entries(use, "functions")) context.Use.Functions[entry.Name] = entry;
        foreach (var entry in Entries(use, "errors")) context.Use.Errors[entry.Name] = TaskReader.Error(context, entry.Value, LoadContext.Everywhere);
        foreach (var entry in Entries(use, "retries")) context.Use.Retries[entry.Name] = RetryReader.Policy(context, entry.Value, LoadContext.Everywhere.Add("error"));
        foreach (var entry in Entries(use, "timeouts"))
            context.Use.Timeouts[entry.Name] = TaskReader.TimeoutOf(context, entry.Value, LoadContext.Everywhere) ?? new Delay(TimeSpan.Zero, null);
        foreach (var entry in Entries(use, "authentications"))
        {
            AuthenticationReader.Read(context, entry.Value, LoadContext.Everywhere, isDefinition: true);
            context.Use.Authentications[entry.Name] = entry;
        }

        foreach (var entry in Entries(use, "catalogs"))
        {
            Shapes.Of(("endpoint!", Shapes.Endpoint))(context, entry.Name, entry.Value, LoadContext.Everywhere);
            context.Use.Catalogs[entry.Name] = entry;
        }
    }

    /// <summary>Reads the functions, also those that tasks have taken out of the host's catalog.</summary>
    public static IReadOnlyDictionary<string, TaskDefinition> Functions(LoadContext context, TaskReader reader)
    {
        var functions = new Dictionary<string, TaskDefinition>(StringComparer.Ordinal);
        var read = new HashSet<string>(StringComparer.Ordinal);
        while (context.Use.Functions.Values.FirstOrDefault(entry => !read.Contains(entry.Name)) is { } entry && read.Count < MostFunctions)
        {
            read.Add(entry.Name);
            if (context.Host.Functions.Any(function => function.Name == entry.Name) || entry.Name is "http" or "openapi")
                context.Problems.WrongFormat(entry.Place, "use.functions", entry.Name, "must not have the name of a function that is always there; give it another");
            if (reader.Task(entry, $"/use/functions/{JsonPointer.Escape(entry.Name)}", LoadContext.Everywhere) is { } task) functions[entry.Name] = task;
        }

        return functions;
    }

    /// <summary>Reads the extensions: a list in which each item is one name with its definition.</summary>
    public static ImmutableArray<Extension> Extensions(LoadContext context, TaskReader reader, SourceFields? use)
    {
        var extensions = ImmutableArray.CreateBuilder<Extension>();
        var at = -1;
        foreach (var item in use?.List("extensions") ?? [])
        {
            at++;
            if (item is not SourceMap { Entries: [var entry] })
            {
                context.Problems.WrongList(item.Place, "\"use.extensions\"");
                continue;
            }

            var fields = SourceFields.Of(entry.Value, context.Problems);
            var extends = fields.OneOf("extend", Extendable);
            var when = context.Bare(fields.Optional("when"), LoadContext.Everywhere, "\"when\"");
            var pointer = $"/use/extensions/{at}/{JsonPointer.Escape(entry.Name)}";
            var before = reader.List(fields.Optional("before"), pointer + "/before", LoadContext.Everywhere, "\"before\"");
            var after = reader.List(fields.Optional("after"), pointer + "/after", LoadContext.Everywhere, "\"after\"");
            fields.RefuseOthers();
            extensions.Add(new Extension(entry.Name, extends, when, before, after));
        }

        return extensions.ToImmutable();
    }

    static IEnumerable<SourceEntry> Entries(SourceFields use, string name) => use.Fields(name)?.Map.Entries ?? [];
}
