using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Workflows.OpenApi;

/// <summary>An OpenAPI description (2.0 or 3.x, JSON or YAML), as far as it takes to call one of its operations.</summary>
public sealed class OpenApiDocument
{
    const int MostReferences = 20;

    static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    readonly JsonValue root;
    readonly Uri address;

    OpenApiDocument(JsonValue root, Uri address) => (this.root, this.address) = (root, address);

    bool IsVersion2 => root["swagger"].StringOrNull is not null;

    /// <summary>Reads a description.</summary>
    /// <param name="text">JSON or YAML.</param>
    /// <param name="address">Where it was got: what is relative in it is relative to that.</param>
    public static Outcome<OpenApiDocument> Read(string text, Uri address)
    {
        var source = SourceReader.Read(text, address.AbsoluteUri);
        if (!source.Succeeded) return source.Problems;
        var document = source.Value.ToJson();
        var isVersion3 = document["openapi"].StringOrNull?.StartsWith("3.", StringComparison.Ordinal) == true;
        return isVersion3 || document["swagger"].StringOrNull == "2.0" || document["swagger"] == 2.0
            ? new OpenApiDocument(isVersion3 ? document : document.With("swagger", "2.0"), address)
            : new Problem("openapi", $"{address} is no OpenAPI description 2.0 or 3.x.");
    }

    /// <summary>The request that calls an operation: method, endpoint (with its query), headers and body, as for <see cref="Effect.CallHttp"/>.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="arguments">Its parameters by name; <c>body</c>, or what no parameter has the name of, is the body.</param>
    /// <returns>The request, or every argument that is missing or has no place.</returns>
    public Outcome<JsonValue> Request(string operationId, JsonValue arguments)
    {
        foreach (var (path, item) in root["paths"].Members.Select(entry => (entry.Key, Item: Follow(entry.Value))))
            foreach (var method in Methods)
                if (item[method]["operationId"].StringOrNull == operationId) return Request(path, method, item, item[method], arguments);
        return new Problem("openapi", $"{address} describes no operation \"{Problem.Preview(operationId)}\".", Value: Problem.Preview(operationId));
    }

    Outcome<JsonValue> Request(string path, string method, JsonValue item, JsonValue operation, JsonValue arguments)
    {
        var parameters = item["parameters"].Items.Concat(operation["parameters"].Items).Select(Follow)
            .GroupBy(parameter => (parameter["in"].StringOrNull, parameter["name"].StringOrNull)).Select(same => same.Last()).ToArray();
        var problems = new ProblemList();
        var request = new OpenApiRequest(path, arguments);
        foreach (var parameter in parameters)
        {
            var name = parameter["name"].StringOrNull ?? "";
            if (parameter["in"].StringOrNull == "body") request.TakeBody(name, "application/json");
            else if (request.TryTake(name, out var value))
            {
                if (parameter["in"].StringOrNull == "path" && value.StringOrNull is "." or ".." or "") problems.Add(null, "openapi", $"The parameter \"{name}\" cannot be \"{value.StringOrNull}\": it is a part of a path.", value: name);
                request.Add(parameter, value, IsVersion2);
            }
            else if (parameter["required"] == true) problems.Add(null, "openapi", $"The operation \"{operation["operationId"]}\" needs the parameter \"{name}\".", value: name);
        }

        if (Follow(operation["requestBody"]) is { IsNull: false } body)
        {
            var type = body["content"].Members.Select(content => content.Key).OrderBy(content => content.Contains("json", StringComparison.Ordinal) ? 0 : 1).FirstOrDefault() ?? "application/json";
            if (!request.TakeBody("body", type) && !request.TakeRest(type) && body["required"] == true)
                problems.Add(null, "openapi", $"The operation \"{operation["operationId"]}\" needs a body. Give it as \"body\".");
        }

        foreach (var left in request.Left)
            problems.Add(null, "openapi", $"The operation \"{operation["operationId"]}\" has no parameter \"{Problem.Preview(left)}\".{(Spelling.Nearest(left, parameters.Select(parameter => parameter["name"].StringOrNull ?? "")) is { } meant ? $" Did you mean \"{meant}\"?" : "")}", value: left);
        var server = Server(item, operation);
        if (server is null) problems.Add(null, "openapi", $"{address} does not say at which http or https address its operations are.");
        return problems.Or(() => request.ToJson(method, server!));
    }

    Uri? Server(JsonValue item, JsonValue operation)
    {
        string text;
        if (IsVersion2)
        {
            var schemes = root["schemes"].Items.Select(scheme => scheme.StringOrNull).ToArray();
            var scheme = schemes.Length == 0 ? address.Scheme : schemes.Contains("https") ? "https" : schemes[0];
            text = $"{scheme}://{root["host"].StringOrNull ?? address.Authority}{root["basePath"].StringOrNull ?? ""}";
        }
        else
        {
            var server = new[] { operation, item, root }.Select(level => level["servers"][0]).FirstOrDefault(server => !server.IsNull);
            text = server["variables"].Members.Aggregate(server["url"].StringOrNull ?? "/", (url, variable) => url.Replace($"{{{variable.Key}}}", variable.Value["default"].StringOrNull ?? "", StringComparison.Ordinal));
        }

        return Uri.TryCreate(address, text, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
    }

    JsonValue Follow(JsonValue value)
    {
        for (var steps = 0; steps < MostReferences && value["$ref"].StringOrNull is { } reference; steps++)
            value = reference.StartsWith('#') ? JsonPointer.Find(root, reference[1..]) ?? JsonValue.Null : JsonValue.Null;
        return value;
    }
}
