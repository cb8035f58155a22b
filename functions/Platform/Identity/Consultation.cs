using System.Security.Cryptography;
using Interop.Platform.Api;
using Interop.Platform.Definitions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Identity;

/// <summary>Why somebody looks at a record. It is logged with the look; whether it must be said is a policy of the user's organisation.</summary>
/// <remarks>The API takes it as a header and the portal keeps it in a cookie for one record. It stands in no address, because people may write personal data there.</remarks>
static class Consultation
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Interop-Justification";

    /// <summary>The longest that is taken.</summary>
    public const int MostCharacters = 500;

    const string Cookie = "interop-justification";

    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The signed-in user, with the justification that came with the request.</summary>
    public static InteropUser UserOf(HttpContext context)
    {
        var user = InteropUser.Of(context.User)!;
        return user with { Justification = Given(context, user) };
    }

    /// <summary>Whether one must be said and was not, or not within the limit.</summary>
    public static bool Missing(HttpContext context)
    {
        var user = UserOf(context);
        if (user.Justification is { } given) return given.Length > MostCharacters;
        var definitions = context.RequestServices.GetRequiredService<DefinitionRegistry>().Current;
        return definitions.Organisations.GetValueOrDefault(user.Organisation)?.ConsultationNeedsJustification == true;
    }

    /// <summary>Lets a request of the API pass that says what it must.</summary>
    public static async ValueTask<object?> Justified(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => Missing(context.HttpContext)
        ? ApiProblems.Invalid("justification", $"Your organisation asks why a record is looked at. Say it in 1 to {MostCharacters} characters, in the header {Header}.")
        : await next(context);

    /// <summary>The page of the record that a request is about: <c>/messages/id</c> also for <c>/messages/id/erase</c>.</summary>
    public static string PageOf(HttpContext context) => "/" + string.Join('/', context.Request.Path.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries).Take(2));

    /// <summary>Keeps what the user says for the pages of one record, for an hour.</summary>
    public static void Keep(HttpContext context, string page, string justification) => context.Response.Cookies.Append(
        Cookie,
        Protector(context, InteropUser.Of(context.User)!).Protect(justification, Longest),
        new CookieOptions { Path = page, HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = Longest });

    static string? Given(HttpContext context, InteropUser user)
    {
        var given = context.Request.Headers[Header].ToString();
        if (given.Length == 0 && context.Request.Cookies[Cookie] is { } kept) given = Kept(context, user, kept);
        return given.Trim() is { Length: > 0 } said ? said : null;
    }

    static string Kept(HttpContext context, InteropUser user, string kept)
    {
        try
        {
            return Protector(context, user).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // Of another user or key, or too old: as if nothing had been said.
            return "";
        }
    }

    // Bound to the user, so that the next one at the same browser says a reason of their own.
    static ITimeLimitedDataProtector Protector(HttpContext context, InteropUser user) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Cookie, user.Organisation.Value, user.Id).ToTimeLimitedDataProtector();
}
