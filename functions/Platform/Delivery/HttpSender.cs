using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Runs;

namespace Interop.Platform.Delivery;

/// <summary>Sends the requests of workflows: fills in secrets, proves the caller, and reads the answer as the definition asks.</summary>
sealed class HttpSender(IHttpClientFactory clients, ISecretStore secrets, TokenSource tokens)
{
    const int LongestMethod = 20;

    /// <summary>Sends a request described by the arguments of <see cref="Effect.CallHttp"/>.</summary>
    public async Task<FunctionOutcome> Send(OrganisationId organisation, EffectRecord effect, CancellationToken cancellation)
    {
        var filled = await Fill(organisation, effect.Arguments, cancellation);
        return filled.Succeeded ? await SendFilled(effect, filled.Value.Arguments, filled.Value.Mask, cancellation) : new FunctionOutcome.Failed(NoSecret(filled.Problems));
    }

    /// <summary>The arguments with their secrets, which are read for this one call and kept nowhere, and what hides them in the answer.</summary>
    public async ValueTask<Outcome<(JsonValue Arguments, SecretMask Mask)>> Fill(OrganisationId organisation, JsonValue arguments, CancellationToken cancellation)
    {
        var mask = SecretMask.None;
        foreach (var place in arguments["secrets"].Items)
        {
            var secret = await Secret(organisation, place["secret"][0].AsString(), cancellation);
            var value = place["secret"].Items.Skip(1).Aggregate(secret, (so, member) => so[member.AsString()]);
            if (value.IsNull) return new Problem("secret", $"The secret \"{string.Join('.', place["secret"].Items.Select(part => part.AsString()))}\" is not kept for {organisation}.");
            mask = mask.With(value);
            arguments = JsonPointer.Replace(arguments, place["at"].AsString(), value);
        }

        foreach (var scheme in arguments["authentication"].Members)
        {
            if (scheme.Value["use"].StringOrNull is not { } name) continue;
            var policy = await Secret(organisation, name, cancellation);
            if (policy.Kind != JsonKind.Object) return new Problem("secret", $"The secret \"{name}\" is not kept for {organisation} as an object of the members of {scheme.Key}.");
            mask = mask.WithGuarded(policy);
            arguments = arguments.With("authentication", JsonValue.Of((scheme.Key, policy)));
        }

        return (arguments, mask);
    }

    /// <summary>Sends a request whose secrets are filled in. Where the workflow handles the failure itself it is told at once, since its own retry policy decides; else the platform tries again.</summary>
    public async Task<FunctionOutcome> SendFilled(EffectRecord effect, JsonValue arguments, SecretMask mask, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(arguments["endpoint"].StringOrNull, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Configuration, 400, "The endpoint is no absolute http or https address"));
        if (arguments["method"].StringOrNull is { } method && (method.Length is 0 or > LongestMethod || !method.All(char.IsAsciiLetter)))
            return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Configuration, 400, "The method is no HTTP method", $"\"{Problem.Preview(method)}\" is not 1 to {LongestMethod} letters."));
        FunctionOutcome Unavailable(int status, string reason) =>
            effect.ErrorIsCaught ? new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Communication, status, reason)) : new FunctionOutcome.TryLater(reason, null);
        try
        {
            var proof = await Proof(arguments["authentication"], cancellation);
            if (!proof.Succeeded) return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Authentication, 401, "The call cannot prove who it is", mask.Of(proof.Problems[0].Message)));
            using var first = Request(effect.Id, arguments, endpoint, proof.Value);
            using var asked = await clients.CreateClient(SystemTransport.Client).SendAsync(first, cancellation);
            var answer = Digest(arguments["authentication"]["digest"], first, asked);
            using var second = answer is null ? null : Request(effect.Id, arguments, endpoint, answer);
            using var answered = second is null ? null : await clients.CreateClient(SystemTransport.Client).SendAsync(second, cancellation);
            var (request, response) = (second ?? first, answered ?? asked);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            var status = (int)response.StatusCode;
            if (status is >= 200 and < 300 || (status is >= 300 and < 400 && arguments["redirect"] == true)) return new FunctionOutcome.Done(Output(arguments, request, response, body, mask.With(request.Headers.Authorization is { Scheme: not "Digest" } proved ? proved.Parameter : null)));
            if (status is 408 or 425 or 429 or >= 500) return Unavailable(status, $"{endpoint.Host} answered {status}");
            return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Communication, status, $"{endpoint.Host} answered {status}"));
        }
        catch (HttpRequestException failed)
        {
            return Unavailable(503, $"{endpoint.Host} cannot be reached ({failed.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unavailable(504, $"{endpoint.Host} did not answer in time");
        }
    }

    /// <summary>The error of a call that may not have a secret.</summary>
    public static WorkflowError NoSecret(IEnumerable<Problem> problems) => new(WorkflowError.Authorization, 403, "A secret is missing", string.Join(" ", problems.Select(problem => problem.Message)));

    // A workflow's secrets have names of their own, so that no definition can ask for the key of a system.
    async ValueTask<JsonValue> Secret(OrganisationId organisation, string name, CancellationToken cancellation)
    {
        var text = await secrets.Read(SecretNames.Workflow(organisation, name), cancellation);
        return text is null ? JsonValue.Null : JsonValue.Parse(text) is { Succeeded: true } json ? json.Value : text;
    }

    static HttpRequestMessage Request(string effect, JsonValue arguments, Uri endpoint, AuthenticationHeaderValue? proof)
    {
        var query = arguments["query"].Kind == JsonKind.Object ? arguments["query"].Members : [];
        var target = query.Aggregate(endpoint.AbsoluteUri, (uri, pair) => $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(Text(pair.Value))}");
        var request = new HttpRequestMessage(new HttpMethod((arguments["method"].StringOrNull ?? "get").ToUpperInvariant()), target);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", effect);
        var headers = arguments["headers"].Kind == JsonKind.Object ? arguments["headers"].Members.ToArray() : [];
        if (arguments["body"] is { IsNull: false } body)
        {
            var type = headers.FirstOrDefault(header => header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Value.StringOrNull ?? "application/json";
            var isText = body.StringOrNull is not null && !type.Contains("json", StringComparison.OrdinalIgnoreCase);
            request.Content = new ByteArrayContent(isText ? Encoding.UTF8.GetBytes(body.AsString()) : body.ToUtf8());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, Text(value));
        request.Headers.Authorization = proof ?? request.Headers.Authorization;
        return request;
    }

    async Task<Outcome<AuthenticationHeaderValue?>> Proof(JsonValue policy, CancellationToken cancellation)
    {
        if (policy["bearer"]["token"].StringOrNull is { } given) return new AuthenticationHeaderValue("Bearer", given);
        if (policy["basic"] is { IsNull: false } basic) return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Text(basic["username"])}:{Text(basic["password"])}")));
        var isOpenIdConnect = !policy["oidc"].IsNull;
        if (!isOpenIdConnect && policy["oauth2"].IsNull) return default(AuthenticationHeaderValue?);
        var token = await tokens.Get(policy[isOpenIdConnect ? "oidc" : "oauth2"], isOpenIdConnect, cancellation);
        return token.Then<AuthenticationHeaderValue?>(text => new AuthenticationHeaderValue("Bearer", text));
    }

    // The server says first how it wants to be answered.
    static AuthenticationHeaderValue? Digest(JsonValue policy, HttpRequestMessage request, HttpResponseMessage response)
    {
        if (policy.IsNull || response.StatusCode != HttpStatusCode.Unauthorized || response.Headers.WwwAuthenticate.FirstOrDefault(challenge => challenge.Scheme == "Digest") is not { Parameter: { } challenge }) return null;
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return DigestAnswer.To(challenge, request.Method.Method, request.RequestUri!.PathAndQuery, Text(policy["username"]), Text(policy["password"]), nonce);
    }

    // What a secret went into is not told, nor what of it comes back: the answer becomes a part of the run.
    static JsonValue Output(JsonValue arguments, HttpRequestMessage request, HttpResponseMessage response, byte[] body, SecretMask mask)
    {
        var wanted = arguments["output"].StringOrNull;
        var isSecret = arguments["secrets"].Items.Any(place => !place["at"].AsString().StartsWith("/authentication", StringComparison.Ordinal));
        if (wanted == "raw") return JsonValue.Of(Convert.ToBase64String(mask.Of(body)));
        var content = Content(response, body, mask);
        return wanted != "response" ? content : JsonValue.Of(
            ("request", JsonValue.Of(("method", request.Method.Method.ToLowerInvariant()), ("uri", isSecret ? request.RequestUri!.GetLeftPart(UriPartial.Authority) : request.RequestUri!.AbsoluteUri), ("headers", isSecret ? JsonValue.EmptyObject : Headers(request.Headers.Where(header => header.Key != "Authorization"))))),
            ("statusCode", (int)response.StatusCode),
            ("headers", mask.Of(Headers(response.Headers.Concat(response.Content.Headers)))),
            ("content", content));
    }

    static JsonValue Content(HttpResponseMessage response, byte[] body, SecretMask mask)
    {
        if (body.Length == 0) return JsonValue.Null;
        if (JsonValue.Parse(body) is { Succeeded: true } json) return mask.Of(json.Value);
        var type = response.Content.Headers.ContentType?.MediaType ?? "text/plain";
        return type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal) || type.EndsWith("yaml", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal)
            ? JsonValue.Of(mask.Of(Encoding.UTF8.GetString(body)))
            : JsonValue.Of(Convert.ToBase64String(mask.Of(body)));
    }

    static JsonValue Headers(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        JsonValue.Of(headers.Select(header => KeyValuePair.Create(header.Key, JsonValue.Of(string.Join(", ", header.Value)))));

    static string Text(JsonValue value) => value.StringOrNull ?? value.ToString();
}
