using Interop.Core.Workflows.OpenApi;

namespace Interop.Core.Tests.Workflows;

public sealed class OpenApiTests
{
    public static TheoryData<string> Cases() => [.. Yaml.Read("openapi.yaml").Items.Select(item => item["case"].AsString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_operation_makes_a_request(string name)
    {
        var one = Yaml.Read("openapi.yaml").Items.First(item => item["case"].AsString() == name);
        var request = OpenApiDocument.Read(one["document"].ToString(), new Uri("https://docs.example/openapi.json")).Then(document => document.Request(one["operation"].AsString(), one["arguments"]));
        Assert.Equal(one["problems"].Count, request.Problems.Length);
        foreach (var part in one["problems"].Items) Assert.Contains(request.Problems, problem => problem.Message.Contains(part.AsString(), StringComparison.Ordinal));
        if (request.Succeeded) Assert.Equal(one["request"].ToString(), request.Value.ToString());
    }
}
