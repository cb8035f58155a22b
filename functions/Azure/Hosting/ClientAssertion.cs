using Azure.Core;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Interop.Functions.Hosting;

/// <summary>How the app proves itself to Entra ID when a user signs in: with a token of its managed identity, which the app registration trusts (infra/hooks/trust.sh), in the place of a secret.</summary>
sealed class ClientAssertion(TokenCredential credential) : IPostConfigureOptions<OpenIdConnectOptions>
{
    /// <summary>RFC 7523: the assertion is a signed token.</summary>
    public const string Kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>What the token is for: to be exchanged at Entra ID, and nothing else.</summary>
    public const string Scope = "api://AzureADTokenExchange/.default";

    public void PostConfigure(string? name, OpenIdConnectOptions options)
    {
        var before = options.Events.OnAuthorizationCodeReceived;
        options.Events.OnAuthorizationCodeReceived = async context =>
        {
            await before(context);

            // The credential keeps its tokens until they are near their end.
            var token = await credential.GetTokenAsync(new TokenRequestContext([Scope]), context.HttpContext.RequestAborted);
            (context.TokenEndpointRequest!.ClientAssertionType, context.TokenEndpointRequest.ClientAssertion) = (Kind, token.Token);
        };
    }
}
