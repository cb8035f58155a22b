using System.Net.Http.Headers;
using Interop.Core.Json;
using Interop.Core.Workflows;
using Interop.Platform.Runs;

namespace Interop.Platform.Delivery;

/// <summary>The task <c>call: http</c>: a request to an address that the definition names. The address guard holds for it as for all.</summary>
sealed class HttpFunction(IHttpClientFactory clients) : IFunction
{
    public string Name => "http";

    public async Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(effect.Arguments["endpoint"].StringOrNull, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Configuration, 400, "The endpoint is no absolute http or https address"));
        using var request = Request(effect, endpoint);
        try
        {
            using var response = await clients.CreateClient(SystemTransport.Client).SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            var status = (int)response.StatusCode;
            if (status is >= 200 and < 300) return new FunctionOutcome.Done(Output(effect.Arguments["output"].StringOrNull, status, body, response));
            if (status is 408 or 425 or 429 or >= 500) return new FunctionOutcome.TryLater($"{endpoint.Host} answered {status}.", null);
            return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Communication, status, $"{endpoint.Host} answered {status}"));
        }
        catch (HttpRequestException failed)
        {
            return new FunctionOutcome.TryLater($"{endpoint.Host} cannot be reached ({failed.HttpRequestError}).", null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new FunctionOutcome.TryLater($"{endpoint.Host} did not answer in time.", null);
        }
    }

    static HttpRequestMessage Request(EffectRecord effect, Uri endpoint)
    {
        var query = effect.Arguments["query"].Kind == JsonKind.Object ? effect.Arguments["query"].Members : [];
        var target = query.Aggregate(endpoint.AbsoluteUri, (uri, pair) => $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(Text(pair.Value))}");
        var request = new HttpRequestMessage(new HttpMethod((effect.Arguments["method"].StringOrNull ?? "get").ToUpperInvariant()), target);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", effect.Id);
        if (!effect.Arguments["body"].IsNull)
        {
            request.Content = new ByteArrayContent(effect.Arguments["body"].ToUtf8());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in effect.Arguments["headers"].Kind == JsonKind.Object ? effect.Arguments["headers"].Members : []) request.Headers.TryAddWithoutValidation(name, Text(value));
        return request;
    }

    static JsonValue Output(string? wanted, int status, byte[] body, HttpResponseMessage response)
    {
        var content = JsonValue.Parse(body) is { Succeeded: true } json ? json.Value : JsonValue.Of(System.Text.Encoding.UTF8.GetString(body));
        return wanted switch
        {
            "raw" => JsonValue.Of(Convert.ToBase64String(body)),
            "response" => JsonValue.Of(
                ("statusCode", status),
                ("headers", JsonValue.Of(response.Headers.Select(header => KeyValuePair.Create(header.Key, JsonValue.Of(string.Join(", ", header.Value)))))),
                ("content", content)),
            _ => content,
        };
    }

    static string Text(JsonValue value) => value.StringOrNull ?? value.ToString();
}
