using System.Text;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Sources;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Delivery;
using Interop.Platform.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Delivery;

/// <summary>The requests of workflows over real HTTP: proof, secrets, statuses and what is made of the answer.</summary>
public sealed class HttpSenderTests : IAsyncLifetime
{
    EchoServer? server;

    EchoServer Server => server!;

    public async Task InitializeAsync() => server = await EchoServer.Start();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Theory]
    [InlineData("authentication: { basic: { username: u, password: p } }", "authorization", "Basic dTpw")]
    [InlineData("authentication: { bearer: { token: t } }", "authorization", "Bearer t")]
    [InlineData("authentication: { basic: { use: login } }", "authorization", "Basic dTpw")]
    [InlineData("{ headers: { x-key: null }, secrets: [ { at: /headers/x-key, secret: [key, value] } ] }", "key", "hidden")]
    [InlineData("authentication: { oauth2: { authority: SERVER, endpoints: { token: /token }, grant: client_credentials, client: { id: c, secret: s } } }", "authorization", "Bearer the-token")]
    [InlineData("authentication: { oidc: { authority: SERVER, grant: client_credentials, client: { id: c, secret: s } } }", "authorization", "Bearer the-token")]
    [InlineData("query: { a: 'x y', b: 1 }", "query", "?a=x%20y&b=1")]
    [InlineData("{ method: post, body: { a: 1 } }", "body", """{"a":1}""")]
    [InlineData("{ method: post, headers: { content-type: text/plain }, body: plain }", "body", "plain")]
    public async Task A_request_is_sent_as_the_task_says(string arguments, string member, string expected)
    {
        Done(await Send("/echo", arguments));
        Assert.Equal(expected, Server.Heard[member].AsString());
    }

    [Theory]
    [InlineData("/status/404", "{}", true, 404)]
    [InlineData("/status/302", "{}", true, 302)]
    [InlineData("/status/503", "{}", true, 503)]
    [InlineData("/status/503", "{}", false, null)]
    [InlineData("/status/302", "redirect: true", true, 200)]
    [InlineData("/status/299", "{}", true, 200)]
    public async Task A_status_is_an_error_or_not(string path, string arguments, bool isCaught, int? status)
    {
        var outcome = await Send(path, arguments, isCaught);
        Assert.Equal(status, outcome switch { FunctionOutcome.Done => 200, FunctionOutcome.Failed failed => failed.Error.Status, _ => default(int?) });
    }

    [Fact]
    public async Task A_missing_secret_is_an_error_of_authorization()
    {
        var failed = Assert.IsType<FunctionOutcome.Failed>(await Send("/echo", "secrets: [ { at: /body, secret: [nothing] } ]"));
        Assert.Equal((WorkflowError.Authorization, 403), (failed.Error.Type, failed.Error.Status));
        Assert.Empty(Server.Asked);
    }

    [Fact]
    public async Task The_key_of_a_system_is_no_secret_of_a_workflow() =>
        Assert.IsType<FunctionOutcome.Failed>(await Send("/echo", "secrets: [ { at: /body, secret: ['../rms/outbound'] } ]"));

    [Fact]
    public async Task A_response_has_its_request_without_the_proof()
    {
        var response = Done(await Send("/echo", "{ output: response, authentication: { bearer: { token: t } } }"));
        Assert.Equal(("get", 200, "Bearer t"), (response["request"]["method"].AsString(), (int)response["statusCode"].AsNumber(), response["content"]["authorization"].AsString()));
        Assert.DoesNotContain("Bearer", response["request"].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ output: response, headers: { x-key: null }, secrets: [ { at: /headers/x-key, secret: [key, value] } ] }")]
    [InlineData("{ output: response, query: { key: null }, secrets: [ { at: /query/key, secret: [key, value] } ] }")]
    public async Task A_response_does_not_tell_the_secrets_of_its_request(string arguments) =>
        Assert.DoesNotContain("hidden", Done(await Send("/echo", arguments))["request"].ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ headers: { x-key: null }, secrets: [ { at: /headers/x-key, secret: [key, value] } ] }", "hidden")]
    [InlineData("{ query: { key: null }, secrets: [ { at: /query/key, secret: [odd] } ] }", "a%20%22secret%22%2Fof%2Bsigns")]
    [InlineData("{ method: post, body: { key: null }, secrets: [ { at: /body/key, secret: [odd] } ] }", "a \\\"secret\\\"/of+signs")]
    [InlineData("{ method: post, headers: { content-type: text/plain }, body: null, secrets: [ { at: /body, secret: [odd] } ] }", "a \"secret\"/of+signs")]
    [InlineData("{ method: post, headers: { x-key: null }, secrets: [ { at: /headers/x-key, secret: [number] } ] }", "1234567")]
    [InlineData("authentication: { basic: { use: long } }", "dXNlcjpwYXNzd29yZA==")]
    [InlineData("authentication: { bearer: { use: bearer } }", "the-bearer-token")]
    [InlineData("authentication: { oauth2: { authority: SERVER, endpoints: { token: /token }, grant: client_credentials, client: { id: c, secret: s } } }", "the-token")]
    public async Task A_secret_that_comes_back_is_hidden(string arguments, string sent)
    {
        foreach (var output in new[] { "content", "response", "raw" })
        {
            var answer = Done(await Send("/echo", arguments.StartsWith('{') ? $"{{ output: {output}, {arguments[1..]}" : $"output: {output}\n{arguments}"));
            var told = output == "raw" ? Encoding.UTF8.GetString(Convert.FromBase64String(answer.AsString())) : answer.ToString();
            Assert.Contains(sent, string.Join(' ', Server.Heard.Members.Select(member => member.Value.AsString())), StringComparison.Ordinal);
            Assert.Contains("***", told, StringComparison.Ordinal);
            Assert.DoesNotContain(sent, told.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("signs", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_too_short_to_be_told_from_other_texts_is_left() =>
        Assert.Equal("Bearer t", Done(await Send("/echo", "authentication: { bearer: { token: t } }"))["authorization"].AsString());

    [Fact]
    public async Task A_raw_answer_is_base64() =>
        Assert.Contains("authorization", Encoding.UTF8.GetString(Convert.FromBase64String(Done(await Send("/echo", "output: raw")).AsString())), StringComparison.Ordinal);

    [Fact]
    public async Task A_token_is_asked_for_once()
    {
        const string policy = "authentication: { oauth2: { authority: SERVER, endpoints: { token: /token }, grant: client_credentials, client: { id: c, secret: s }, scopes: [a, b] } }";
        var sender = Sender();
        await Send("/echo", policy, sender: sender);
        await Send("/echo", policy, sender: sender);
        Assert.Equal("POST /token grant_type=client_credentials&client_id=c&client_secret=s&scope=a+b", Assert.Single(Server.Asked, asked => asked.Contains("/token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_challenge_is_answered()
    {
        var proof = Done(await Send("/digest", "authentication: { digest: { username: u, password: p } }"))["authorization"].AsString();
        Assert.StartsWith("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/digest\", algorithm=SHA-256, response=", proof, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method: ''")]
    [InlineData("method: 'get it'")]
    [InlineData("method: 'agetthatislongerthananyis'")]
    public async Task A_method_that_is_none_is_an_error_of_the_definition(string arguments)
    {
        var failed = Assert.IsType<FunctionOutcome.Failed>(await Send("/echo", arguments));
        Assert.Equal((WorkflowError.Configuration, 400), (failed.Error.Type, failed.Error.Status));
        Assert.Empty(Server.Asked);
    }

    [Fact]
    public void A_challenge_that_repeats_itself_is_answered_by_its_first_parameters() =>
        Assert.Equal(DigestAnswer.To("realm=\"a\", nonce=\"n\"", "GET", "/", "u", "p", "c")?.Parameter, DigestAnswer.To("realm=\"a\", nonce=\"n\", Realm=\"b\"", "GET", "/", "u", "p", "c")?.Parameter);

    // RFC 7616, section 3.9.1.
    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void A_challenge_is_answered_as_the_standard_shows(string algorithm, string response)
    {
        var challenge = $"realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        var answer = DigestAnswer.To(challenge, "GET", "/dir/index.html", "Mufasa", "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        Assert.Contains($"response=\"{response}\"", answer?.Parameter, StringComparison.Ordinal);
    }

    static JsonValue Done(FunctionOutcome outcome) => Assert.IsType<FunctionOutcome.Done>(outcome).Output;

    Task<FunctionOutcome> Send(string path, string arguments, bool isCaught = false, HttpSender? sender = null)
    {
        var given = SourceReader.Read(arguments.Replace("SERVER", $"'{Server.Address.AbsoluteUri}'", StringComparison.Ordinal), "arguments").Value.ToJson();
        given = given.Members.Aggregate(JsonValue.Of(("method", "get"), ("endpoint", new Uri(Server.Address, path).AbsoluteUri), ("body", JsonValue.Null)), (so, member) => so.With(member.Key, member.Value));
        var effect = new EffectRecord("run.1", Outbox.CallHttp, "http", "/do/0/one", given, EffectStatus.Pending, default, isCaught);
        return (sender ?? Sender()).Send(new OrganisationId("northshire"), effect, CancellationToken.None);
    }

    static HttpSender Sender()
    {
        var services = new ServiceCollection();
        services.AddHttpClient(SystemTransport.Client).ConfigurePrimaryHttpMessageHandler(() => AddressGuard.Handler(allowPrivateNetworks: true));
        var clients = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        return new HttpSender(clients, new KnownSecrets(), new TokenSource(clients));
    }

    sealed class KnownSecrets : ISecretStore
    {
        public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult(name switch
        {
            "northshire/workflows/key" => """{"value":"hidden"}""",
            "northshire/workflows/login" => """{"username":"u","password":"p"}""",
            "northshire/workflows/long" => """{"username":"user","password":"password"}""",
            "northshire/workflows/bearer" => """{"token":"the-bearer-token"}""",
            "northshire/workflows/odd" => "a \"secret\"/of+signs",
            "northshire/workflows/number" => "1234567",
            "northshire/rms/outbound" => "the key of a system",
            _ => null,
        });
    }
}
