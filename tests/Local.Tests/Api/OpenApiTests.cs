using System.Net;
using Interop.Core.Json;
using Interop.Local.Tests.Journeys;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Api;

/// <summary>The description of the API, asked for over real HTTP, beside the routes that are really there.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.Start();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Description_IsOpenApi31()
    {
        var description = await Description();
        Assert.StartsWith("3.1.", description["openapi"].AsString(), StringComparison.Ordinal);
        Assert.Equal("Interop.Cloud", description["info"]["title"].AsString());
    }

    [Fact]
    public async Task Description_HasEveryRouteOfTheApi()
    {
        var described = Operations(await Description()).Select(operation => operation.Name).Where(name => name.Contains(" /api/", StringComparison.Ordinal));
        var mapped = platform.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => (Methods: route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], Path: $"/{route.RoutePattern.RawText!.TrimStart('/')}"))
            .Where(route => route.Path.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(route => route.Methods.Select(method => $"{method} {route.Path}")).ToArray();
        Assert.Contains("POST /api/organisations/{organisation}/runs/{id}/{operation}", mapped);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Operation_OfTheApi_SaysItsAnswersAndItsRefusalsAsProblemDetails()
    {
        foreach (var (name, operation) in Operations(await Description()).Where(operation => operation.Name.Contains(" /api/", StringComparison.Ordinal)))
        {
            Assert.False(operation["summary"].IsNull, name);
            Assert.Single(operation["responses"].Members, answer => answer.Key.StartsWith('2') && (answer.Key == "204" || answer.Value["content"].Count == 1));
            var refusals = operation["responses"].Members.Where(answer => !answer.Key.StartsWith('2')).ToArray();
            Assert.Contains("401", refusals.Select(refusal => refusal.Key));
            Assert.Contains("404", refusals.Select(refusal => refusal.Key));
            Assert.All(refusals, refusal => Assert.Equal("#/components/schemas/ProblemDetails", refusal.Value["content"]["application/problem+json"]["schema"]["$ref"].AsString()));
        }
    }

    [Fact]
    public async Task Operation_HasEveryPlaceOfItsAddressAsAParameter()
    {
        foreach (var (name, operation) in Operations(await Description()))
        {
            var places = name.Split('{').Skip(1).Select(part => part.Split('}')[0]);
            var parameters = operation["parameters"].Items.Where(parameter => parameter["in"] == "path").Select(parameter => parameter["name"].AsString());
            Assert.Equal(places.Order(StringComparer.Ordinal), parameters.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Problems_AreDescribedOneByOne()
    {
        var schemas = (await Description())["components"]["schemas"];
        Assert.Equal("#/components/schemas/ApiProblem", schemas["ProblemDetails"]["properties"]["problems"]["items"]["$ref"].AsString());
        Assert.Equal(["rule", "message"], schemas["ApiProblem"]["required"].Items.Select(member => member.AsString()));
        Assert.Equal(["column", "line", "message", "path", "rule", "value"], schemas["ApiProblem"]["properties"].Members.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reference_IsAPageThatReadsTheDescription()
    {
        var (status, html) = await platform.Page("/docs/");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("openapi.json", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    async Task<JsonValue> Description() => JsonValue.Parse(await platform.Client.GetByteArrayAsync(new Uri("/openapi.json", UriKind.Relative))).Value;

    static IEnumerable<(string Name, JsonValue Operation)> Operations(JsonValue description) =>
        description["paths"].Members.SelectMany(path => path.Value.Members.Select(operation => ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value)));
}
