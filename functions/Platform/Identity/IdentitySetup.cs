using System.Security.Claims;
using Interop.Platform.Identity.EasyAuth;
using Interop.Platform.Portal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Interop.Platform.Identity;

/// <summary>How users sign in.</summary>
public sealed record SignInOptions
{
    /// <summary>The OpenID Connect authority, such as an Entra ID tenant. Null: development sign-in, which asks for no password.</summary>
    public string? Authority { get; init; }

    /// <summary>The client registered there.</summary>
    public string? ClientId { get; init; }

    /// <summary>The audience of access tokens for the API; the client's id if null.</summary>
    public string? Audience { get; init; }

    /// <summary>Whether App Service's own authentication (Easy Auth) stands in front of this host and tells in a header who comes. Said only by a host that nothing reaches but through it: then the header is believed.</summary>
    public bool IsEasyAuth { get; init; }

    /// <summary>Whether the development sign-in is offered: only without an authority.</summary>
    public bool IsDevelopment => Authority is null && !IsEasyAuth;
}

/// <summary>Wires sign-in: Easy Auth where it stands in front, OpenID Connect and bearer tokens where an authority is configured, else the development sign-in.</summary>
public static class IdentitySetup
{
    const string Choice = "interop";

    /// <summary>The path of the development sign-in.</summary>
    public const string SignInPath = "/signin";

    /// <summary>Adds authentication and the policies of <see cref="Policies"/>.</summary>
    public static IServiceCollection AddInteropIdentity(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton(options);
        if (options.IsEasyAuth) services.AddAuthentication(EasyAuthHandler.Name).AddScheme<AuthenticationSchemeOptions, EasyAuthHandler>(EasyAuthHandler.Name, null);
        else AddOwnSignIn(services, options);
        services.AddAuthorization(authorization =>
        {
            foreach (var (policy, roles) in Policies.Allowed)
                authorization.AddPolicy(policy, builder => builder.RequireAssertion(context => InteropUser.Of(context.User) is { } user && roles.Any(role => user.Roles.Contains(role))));
        });
        return services;
    }

    /// <summary>Signs a development user in on this browser.</summary>
    public static Task SignInDevelopment(HttpContext context, InteropUser user)
    {
        var claims = user.Roles.Select(role => new Claim(InteropUser.RoleClaim, role))
            .Append(new Claim(InteropUser.IdClaim, user.Id)).Append(new Claim(InteropUser.OrganisationClaim, user.Organisation.Value));
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, "development", InteropUser.IdClaim, InteropUser.RoleClaim)));
    }

    static void AddOwnSignIn(IServiceCollection services, SignInOptions options)
    {
        var authentication = services.AddAuthentication(Choice)
            .AddPolicyScheme(Choice, null, scheme => scheme.ForwardDefaultSelector = context =>
                !options.IsDevelopment && context.Request.Headers.Authorization.Count > 0 ? JwtBearerDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => Configure(cookie, options));
        if (options.IsDevelopment) return;
        authentication.AddOpenIdConnect(connect => Configure(connect, options)).AddJwtBearer(bearer =>
        {
            bearer.Authority = options.Authority;
            bearer.Audience = options.Audience ?? options.ClientId;
            bearer.MapInboundClaims = false;
            Configure(bearer.TokenValidationParameters, options);
            bearer.Events = new JwtBearerEvents
            {
                OnTokenValidated = async context =>
                {
                    if (await Tenancy.Refusal(context.HttpContext, context.Principal!) is { } reason) context.Fail(reason);
                },
            };
        });
    }

    static void Configure(CookieAuthenticationOptions cookie, SignInOptions options)
    {
        cookie.Cookie.Name = "interop";
        cookie.Cookie.HttpOnly = true;

        // Strict would drop the cookie on the way back from the sign-in service; the origin check guards what changes state.
        cookie.Cookie.SameSite = options.IsDevelopment ? SameSiteMode.Strict : SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = options.IsDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        // A session lasts by the wall clock, also where business time runs faster.
        cookie.TimeProvider = TimeProvider.System;
        cookie.LoginPath = SignInPath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnRedirectToLogin = context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? Answer(context.Response, StatusCodes.Status401Unauthorized)
            : options.IsDevelopment ? Redirect(context) : SignIn(context);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
    }

    static void Configure(OpenIdConnectOptions connect, SignInOptions options)
    {
        connect.Authority = options.Authority;
        connect.ClientId = options.ClientId;
        connect.ResponseType = "code";
        connect.UsePkce = true;
        connect.MapInboundClaims = false;
        connect.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        Configure(connect.TokenValidationParameters, options);
        connect.TokenValidationParameters.RoleClaimType = InteropUser.RoleClaim;
        connect.TokenValidationParameters.NameClaimType = InteropUser.IdClaim;
        connect.Events.OnTokenValidated = Admission.Check;
        connect.Events.OnRemoteFailure = Admission.Show;
    }

    static void Configure(TokenValidationParameters validation, SignInOptions options)
    {
        if (Tenancy.IsOfAllTenants(options)) validation.IssuerValidator = (issuer, token, _) => Tenancy.Issuer(options.Authority!, issuer, token);
    }

    static Task SignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Properties.RedirectUri ??= PortalPages.Local($"{context.Request.Path}{context.Request.QueryString}");
        return context.HttpContext.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, context.Properties);
    }

    static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    static Task Redirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
