using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Tests.Workflows.Conformance;

/// <summary>What the public hosts of the conformance features answer: a shop for pets with its description, and one that checks a password.</summary>
static class PublicHosts
{
    public static readonly string[] Addresses = ["https://petstore.swagger.io", "https://httpbin.org"];

    static readonly JsonValue[] Pets = [.. new[] { "Rex", "Milo" }.Select((name, at) => JsonValue.Of(("id", at + 1), ("name", name), ("status", "available")))];

    /// <summary>The status and the body.</summary>
    /// <param name="address">The address of the host itself, which its description names.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="authorization">The header of that name.</param>
    public static (int Status, JsonValue Body) Answer(Uri address, string path, string? authorization) => path.Split('?')[0].Split('/') switch
    {
        ["", "v2", "swagger.json"] => (200, Description(address)),
        ["", "v2", "pet", "findByStatus"] when path.EndsWith("?status=available", StringComparison.Ordinal) => (200, JsonValue.Of(Pets)),
        ["", "v2", "pet", var id] when int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Pets.Length => (200, Pets[number - 1]),
        ["", "basic-auth", var user, var password] => (authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}" ? 200 : 401, JsonValue.EmptyObject),
        _ => (404, JsonValue.Of(("message", "not found"))),
    };

    static JsonValue Description(Uri address)
    {
        static JsonValue Get(string id, string place, string name) =>
            JsonValue.Of(("get", JsonValue.Of(("operationId", id), ("parameters", JsonValue.Of(JsonValue.Of(("in", place), ("name", name), ("required", true)))))));
        return JsonValue.Of(
            ("swagger", "2.0"),
            ("host", address.Authority),
            ("basePath", "/v2"),
            ("schemes", JsonValue.Of(JsonValue.Of(address.Scheme))),
            ("paths", JsonValue.Of(("/pet/findByStatus", Get("findPetsByStatus", "query", "status")), ("/pet/{petId}", Get("getPetById", "path", "petId")))));
    }
}
