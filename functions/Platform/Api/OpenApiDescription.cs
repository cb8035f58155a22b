using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interop.Platform.Runs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Interop.Platform.Api;

/// <summary>What the OpenAPI document says about itself, and what cannot be told from the types of requests and answers.</summary>
static partial class OpenApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Interop.Cloud",
                Version = "1",
                Description = "Messages from police systems in, records and runs to read. Errors are problem details (RFC 9457), with every single problem under \"problems\".",
            };

            // Where it was asked for, which behind a proxy is not where it listens: addresses are relative to the document.
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var place in Places().Matches(context.Description.RelativePath ?? "").Select(match => match.Groups[1].Value)) Describe(operation, place);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(async (schema, context, cancellation) =>
        {
            // What is null is left out of an answer.
            foreach (var name in schema.Required?.ToArray() ?? [])
                if (schema.Properties?[name].Type?.HasFlag(JsonSchemaType.Null) == true) schema.Required!.Remove(name);
            if (context.JsonTypeInfo.Type != typeof(ProblemDetails)) return;
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
            schema.Properties["problems"] = await context.GetOrCreateSchemaAsync(typeof(ApiProblem[]), null, cancellation);
        });
    }

    // A place of the address that no handler takes by name, such as the organisation, is a parameter all the same.
    static void Describe(OpenApiOperation operation, string place)
    {
        operation.Parameters ??= [];
        if (!operation.Parameters.Any(known => known.Name == place))
            operation.Parameters.Insert(0, new OpenApiParameter { Name = place, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        if (place == "operation" && operation.Parameters.First(known => known.Name == place).Schema is OpenApiSchema schema) schema.Enum = [.. RunOperations.Names.Select(name => (JsonNode)name)];
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.None, 1_000)]
    private static partial Regex Places();
}
