using System.Text.Encodings.Web;
using Interop.Core;
using Interop.Platform.Api;
using Interop.Platform.Portal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interop.Platform.Identity.EasyAuth;

/// <summary>Signs in whom App Service's own authentication (Easy Auth) has signed in, if the platform admits them, and sends others there. Registered only where the host says that Easy Auth stands in front of it: elsewhere anybody can send the header.</summary>
sealed class EasyAuthHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "easy-auth";

    /// <summary>Where Easy Auth signs in, and leads back to the address in <c>post_login_redirect_uri</c>.</summary>
    public const string SignInPath = "/.auth/login/aad";

    /// <summary>Where it signs out.</summary>
    public const string SignOutPath = "/.auth/logout";

    const string Unreadable = "What the sign-in service says of you cannot be read. Tell the people who run this platform; its log says more.";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[ClientPrincipal.Header];
        if (header.Count == 0) return AuthenticateResult.NoResult();
        var read = ClientPrincipal.Read(header);
        if (!read.Succeeded) Logger.PrincipalUnreadable(read.Problems[0].Message);
        return (read.Succeeded ? await Admission.Refusal(Context, read.Value) : Unreadable) is { } reason
            ? AuthenticateResult.Fail(new RefusedException(reason))
            : AuthenticateResult.Success(new AuthenticationTicket(read.Value, Name));
    }

    // Who was refused would come back from the sign-in service the same, so they read why instead.
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is RefusedException refused) await Refuse(refused.Message).ExecuteAsync(Context);
        else if (Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) Response.StatusCode = StatusCodes.Status401Unauthorized;
        else Response.Redirect($"{SignInPath}?post_login_redirect_uri={Uri.EscapeDataString(properties.RedirectUri ?? Asked())}");
    }

    // A form that was sent cannot be opened afterwards.
    string Asked() => HttpMethods.IsGet(Request.Method) ? PortalPages.Local($"{Request.Path}{Request.QueryString}") : "/";

    IResult Refuse(string reason) => ProblemPages.WantsPage(Request) ? Admission.Page(reason) : ApiProblems.Answer(StatusCodes.Status403Forbidden, "You cannot sign in here", [new Problem("sign-in", reason)]);
}
