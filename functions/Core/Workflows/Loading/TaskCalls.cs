using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>The calls: http, the host's functions and those of <c>use.functions</c>.</summary>
sealed partial class TaskReader
{
    static readonly string[] OtherProtocols = ["asyncapi", "grpc", "openapi", "a2a", "mcp"];

    static readonly string[] HttpArguments = ["method", "endpoint", "headers", "body", "query", "output", "redirect"];

    TaskDefinition? Call(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var name = fields.RequiredText("call");
        var place = fields.Map["call"]?.Place ?? fields.Place;
        if (OtherProtocols.Contains(name, StringComparer.Ordinal))
        {
            context.Problems.NotSupported(place, $"The call \"{name}\" of the task \"{basics.Name}\"", "Use call: http, or deliver to a system.");
            return null;
        }

        if (name.Contains("://", StringComparison.Ordinal) || name.Contains('@', StringComparison.Ordinal))
        {
            context.Problems.NotSupported(place, $"The catalogued function of the task \"{basics.Name}\"", "Define the function under use.functions.");
            return null;
        }

        if (name == "http") return Http(fields, basics, names);
        if (context.Use.Functions.ContainsKey(name))
            return new CallOwnTask(basics, name, fields.Fields("with") is { } with ? context.Template(with.Map, names) : null, place);
        if (context.Host.Functions.FirstOrDefault(function => function.Name == name) is { } known) return Host(fields, basics, names, known);
        context.Problems.UnknownName(place, "undefined", "function", name, context.Use.Functions.Keys.Concat(context.Host.Functions.Select(function => function.Name)).Append("http"), "");
        return null;
    }

    CallTask Host(SourceFields fields, TaskBasics basics, ImmutableArray<string> names, HostFunction function)
    {
        var with = function.Required.IsEmpty ? fields.Fields("with") : fields.RequiredFields("with");
        foreach (var argument in function.Required) with!.Required(argument);
        foreach (var argument in function.Optional) with?.Optional(argument);
        with?.RefuseOthers();
        return new CallTask(basics, function.Name, with is null ? new Literal(JsonValue.EmptyObject) : context.Template(with.Map, names));
    }

    CallHttpTask Http(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var with = fields.RequiredFields("with");
        with.Required("method");
        var endpoint = with.Required("endpoint");
        foreach (var argument in HttpArguments) with.Optional(argument);
        with.OptionalOneOf("output", "content", "response", "raw");
        with.RefuseOthers();
        var members = with.Map.Entries
            .Where(entry => entry.Name != "endpoint")
            .Select(entry => KeyValuePair.Create(entry.Name, context.Template(entry.Value, names)))
            .Append(KeyValuePair.Create("endpoint", Endpoint(endpoint, names)));
        return new CallHttpTask(basics, new ObjectTemplate([.. members]));
    }

    Template Endpoint(SourceNode? node, ImmutableArray<string> names)
    {
        if (node is SourceMap map)
        {
            var fields = SourceFields.Of(map, context.Problems);
            if (fields.Optional("authentication") is { } authentication)
                context.Problems.NotSupported(authentication.Place, "\"authentication\" in a workflow", "Name a system whose definition holds it, and deliver to it.");
            node = fields.Required("uri");
            fields.RefuseOthers();
        }

        if (node is not SourceScalar scalar) return new Literal(JsonValue.Null);
        return LoadContext.IsWrapped(scalar) ? context.Template(scalar, names) : new UriTemplate(scalar.Text);
    }
}
