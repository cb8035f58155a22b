using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Interop.Functions.Hosting;
using Interop.Platform.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Interop.Azure.Tests.Hosting;

/// <summary>Sign-in as the Azure host wires it: no secret, and cookies that every instance can read.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Code_IsRedeemedWithATokenOfTheIdentity()
    {
        var identity = new Identity();
        var told = false;
        using var services = Host(new Container(), identity, connect => connect.Events.OnAuthorizationCodeReceived = _ => Task.FromResult(told = true));
        var options = services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(OpenIdConnectDefaults.AuthenticationScheme);
        var scheme = new AuthenticationScheme(OpenIdConnectDefaults.AuthenticationScheme, null, typeof(OpenIdConnectHandler));
        var received = new AuthorizationCodeReceivedContext(new DefaultHttpContext(), scheme, options, new AuthenticationProperties()) { TokenEndpointRequest = new OpenIdConnectMessage { Code = "code" } };

        await options.Events.AuthorizationCodeReceived(received);

        Assert.Equal(("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "token of the identity"), (received.TokenEndpointRequest.ClientAssertionType, received.TokenEndpointRequest.ClientAssertion));
        Assert.Equal(("api://AzureADTokenExchange/.default", "code", true), (Assert.Single(identity.Asked), received.TokenEndpointRequest.Code, told));
        Assert.Null(options.ClientSecret);
    }

    [Fact]
    public void Cookie_OfOneInstance_IsReadByTheNext()
    {
        var container = new Container();
        using var first = Host(container, new Identity());
        using var next = Host(container, new Identity());
        var secret = first.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("who is signed in");

        Assert.Equal("who is signed in", next.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
        Assert.Single(container.Blobs);
    }

    internal static ServiceProvider Host(BlobContainerClient keys, TokenCredential identity, Action<OpenIdConnectOptions>? connect = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddInteropIdentity(new SignInOptions { Authority = "https://login.example/tenant/v2.0", ClientId = "interop" }).AddInteropSignIn(keys, identity);
        services.Configure(OpenIdConnectDefaults.AuthenticationScheme, connect ?? (_ => { }));
        return services.BuildServiceProvider();
    }

    internal sealed class Identity : TokenCredential
    {
        public string[] Asked { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException("Sign-in asks asynchronously.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked = requestContext.Scopes;
            return ValueTask.FromResult(new AccessToken("token of the identity", TimeProvider.System.GetUtcNow().AddHours(1)));
        }
    }

    // A container in memory: what the library lets tests put in its place.
    sealed class Container : BlobContainerClient
    {
        public SortedDictionary<string, BinaryData> Blobs { get; } = new(StringComparer.Ordinal);

        public override BlobClient GetBlobClient(string blobName) => new Blob(Blobs, blobName);

        public override Pageable<BlobItem> GetBlobs(GetBlobsOptions options = null!, CancellationToken cancellationToken = default) =>
            Pageable<BlobItem>.FromPages([Page<BlobItem>.FromValues([.. Blobs.Keys.Select(name => BlobsModelFactory.BlobItem(name: name))], null, null!)]);
    }

    sealed class Blob(SortedDictionary<string, BinaryData> blobs, string name) : BlobClient
    {
        public override Response<BlobContentInfo> Upload(BinaryData content)
        {
            blobs.Add(name, content);
            return null!;
        }

        public override Response<BlobDownloadResult> DownloadContent() => Response.FromValue(BlobsModelFactory.BlobDownloadResult(content: blobs[name]), null!);
    }
}
