using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>The calls: over HTTP, of the host's functions, of those of <c>use.functions</c> and of catalogs.</summary>
sealed partial class TaskReader
{
    static readonly string[] OwnNames = ["http", "openapi", .. ForeignTasks.Calls.Select(call => call.Name)];

    static readonly string[] HttpArguments = ["method", "endpoint", "headers", "body", "query", "output", "redirect"];

    TaskDefinition? Call(SourceFields fields, TaskBasics basics, ImmutableArray<string> names)
    {
        var name = fields.RequiredText("call");
        var place = fields.Map["call"]?.Place ?? fields.Place;
        if (name == "http") return Http(fields, basics, names, place);
        if (name == "openapi") return OpenApi(fields, basics, names, place);
        if (Array.Find(ForeignTasks.Calls, call => call.Name == name) is { Name: not null } foreign)
        {
            if (fields.Required("with") is { } given) foreign.With(context, "with", given, names);
            context.Refusals.NotSupported(place, $"The call \"{name}\" of the task \"{basics.Name}\"", "Use call: http, or deliver to a system.");
            return new RefusedTask(basics, $"call: {name}");
        }

        if (context.Use.Functions.ContainsKey(name) || (name.Contains('@', StringComparison.Ordinal) && CatalogReader.Take(context, place, name, basics.Name)))
            return new CallOwnTask(basics, name, fields.Fields("with") is { } with ? context.Template(with.Map, names) : null, place);
        if (name.Contains("://", StringComparison.Ordinal) || name.Contains('@', StringComparison.Ordinal))
        {
            fields.Fields("with");
            context.Refusals.NotSupported(place, $"The catalogued function \"{Problem.Preview(name)}\" of the task \"{basics.Name}\"", "Define the function under use.functions, or publish it to this host's catalog and call it as name:version@default.");
            return new RefusedTask(basics, "a function from elsewhere");
        }

        if (context.Host.Functions.FirstOrDefault(function => function.Name == name) is { } known) return Host(fields, basics, names, known);
        context.Problems.UnknownName(place, "undefined", "function", name, context.Use.Functions.Keys.Concat(context.Host.Functions.Select(function => function.Name)).Concat(OwnNames), "");
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

    CallHttpTask Http(SourceFields fields, TaskBasics basics, ImmutableArray<string> names, Place place)
    {
        context.Need(HostFeature.Http, place, $"The call \"http\" of the task \"{basics.Name}\"", "Deliver to a system.");
        var with = fields.RequiredFields("with");
        Literals.Method(context, with.Required("method"));
        var endpoint = with.Required("endpoint");
        foreach (var argument in HttpArguments) with.Optional(argument);
        foreach (var argument in new[] { "headers", "query" })
            if (with.Optional(argument) is { } given and not (SourceMap or SourceScalar { Value.Kind: JsonKind.String })) context.Problems.WrongKind(given, argument, "a mapping");
        with.OptionalOneOf("output", "content", "response", "raw");
        with.Flag("redirect");
        with.RefuseOthers();
        var (uri, authentication) = Endpoint(endpoint, names);
        var members = With(with, names, "endpoint").Append(KeyValuePair.Create("endpoint", uri));
        return new CallHttpTask(basics, new ObjectTemplate([.. members]), authentication);
    }

    CallOpenApiTask OpenApi(SourceFields fields, TaskBasics basics, ImmutableArray<string> names, Place place)
    {
        context.Need(HostFeature.OpenApi, place, $"The call \"openapi\" of the task \"{basics.Name}\"", "Use call: http.");
        var with = fields.RequiredFields("with");
        var document = with.RequiredFields("document");
        document.Text("name");
        var (uri, forDocument) = Endpoint(document.Required("endpoint"), names);
        document.RefuseOthers();
        with.RequiredText("operationId");
        if (with.Optional("parameters") is { } given and not (SourceMap or SourceScalar { Value.Kind: JsonKind.String })) context.Problems.WrongKind(given, "parameters", "a mapping");
        var authentication = with.Optional("authentication") is { } policy ? AuthenticationReader.Read(context, policy, names) : null;
        with.OptionalOneOf("output", "content", "response", "raw");
        with.Flag("redirect");
        with.RefuseOthers();
        IEnumerable<KeyValuePair<string, Template>> where = [KeyValuePair.Create("endpoint", uri)];
        if (forDocument is not null) where = where.Append(KeyValuePair.Create("authentication", forDocument));
        var members = With(with, names, "document", "authentication").Append(KeyValuePair.Create<string, Template>("document", new ObjectTemplate([.. where])));
        return new CallOpenApiTask(basics, new ObjectTemplate([.. members]), authentication);
    }

    // The arguments as they are written; what has been read already is left out. Secrets may stand in them.
    IEnumerable<KeyValuePair<string, Template>> With(SourceFields with, ImmutableArray<string> names, params string[] without)
    {
        context.TakesSecrets = true;
        var members = with.Map.Entries.Where(entry => !without.Contains(entry.Name, StringComparer.Ordinal)).Select(entry => KeyValuePair.Create(entry.Name, context.Template(entry.Value, names))).ToArray();
        context.TakesSecrets = false;
        return members;
    }

    (Template Uri, Template? Authentication) Endpoint(SourceNode? node, ImmutableArray<string> names)
    {
        Template? authentication = null;
        if (node is SourceMap map)
        {
            var fields = SourceFields.Of(map, context.Problems);
            if (fields.Optional("authentication") is { } policy) authentication = AuthenticationReader.Read(context, policy, names);
            node = fields.Required("uri");
            fields.RefuseOthers();
        }

        if (node is not SourceScalar scalar) return (new Literal(JsonValue.Null), authentication);
        if (LoadContext.IsWrapped(scalar) || LoadContext.IsOpen(scalar)) return (context.Template(scalar, names), authentication);
        Literals.Address(context, scalar);
        return (new UriTemplate(scalar.Text), authentication);
    }
}
