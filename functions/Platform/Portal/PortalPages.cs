using System.Text;
using Interop.Core.Messages;
using Interop.Platform.Definitions;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Portal.Pages;
using Interop.Platform.Reading;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal;

/// <summary>The addresses of the portal. Pages are drawn on the server and carry no script.</summary>
static class PortalPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        PortalAssets.Map(routes);
        var open = routes.MapGroup("").ExcludeFromDescription().AllowAnonymous();
        open.MapGet(IdentitySetup.SignInPath, SignIn);
        open.MapPost(IdentitySetup.SignInPath, SignedIn).DisableAntiforgery();
        open.MapPost("/signout", (Delegate)SignOut);
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", Runs).RequireAuthorization(Policies.Read);
        pages.MapGet("/runs/{id}", Run).AddEndpointFilter(Justified).RequireAuthorization(Policies.Read);
        pages.MapGet("/messages", Messages).RequireAuthorization(Policies.Read);
        pages.MapGet("/messages/{id}", Message).AddEndpointFilter(Justified).RequireAuthorization(Policies.Read);
        pages.MapGet("/held", Held).RequireAuthorization(Policies.Read);
        pages.MapPost("/messages/{id}/resubmit", Resubmit).RequireAuthorization(Policies.Resubmit).DisableAntiforgery();
        pages.MapPost("/deliveries/{effect}/resubmit", ResubmitDelivery).RequireAuthorization(Policies.Resubmit);
    }

    static IResult SignIn(SignInOptions options, DefinitionRegistry definitions, string? returnUrl) => options.IsDevelopment
        ? new RazorComponentResult<SignInPage>(new { Organisations = definitions.Organisations.Select(id => definitions.Current.Organisations[id]).ToList(), ReturnUrl = Local(returnUrl) })
        : Results.NotFound();

    static async Task<IResult> SignedIn(HttpContext context, SignInOptions options, DefinitionRegistry definitions)
    {
        if (!options.IsDevelopment) return Results.NotFound();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var organisation = OrganisationId.Parse(form["organisation"]);
        var role = form["role"].ToString();
        if (!organisation.Succeeded || !definitions.Current.Organisations.ContainsKey(organisation.Value) || !Roles.All.Contains(role))
            return Results.Problem($"Send the fields organisation (one of {string.Join(", ", definitions.Organisations)}) and role (one of {string.Join(", ", Roles.All)}).", statusCode: 400, title: "Nobody can sign in like that");
        await IdentitySetup.SignInDevelopment(context, new InteropUser($"development-{role}", organisation.Value, [role]));
        return Results.Redirect(Local(form["returnUrl"]));
    }

    static async Task<IResult> SignOut(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.Redirect("/");
    }

    static async Task<IResult> Runs(HttpContext context, RecordReader records, TimeProvider clock, DateOnly? day) => new RazorComponentResult<RunsPage>(
        new { User = User(context), Day = day ?? Today(clock), Runs = (IReadOnlyList<RunLine>)await records.Runs(User(context), day, context.RequestAborted) });

    static async Task<IResult> Run(string id, string? refresh, HttpContext context, RecordReader records) =>
        await records.Run(User(context), id, context.RequestAborted, isSameLook: refresh == "again") is { } run
            ? new RazorComponentResult<RunPage>(new { User = User(context), Run = run, Refresh = refresh != "off" })
            : NotFound(context, "run");

    static async Task<IResult> Messages(HttpContext context, RecordReader records, TimeProvider clock, DateOnly? day) => new RazorComponentResult<MessagesPage>(
        new { User = User(context), Day = day ?? Today(clock), Messages = (IReadOnlyList<MessageLine>)await records.Messages(User(context), day, context.RequestAborted) });

    static async Task<IResult> Message(string id, HttpContext context, RecordReader records)
    {
        if (await records.Message(User(context), id, context.RequestAborted) is not { } message) return NotFound(context, "message");
        var payload = await records.PayloadOf(User(context), id, context.RequestAborted);
        return new RazorComponentResult<MessagePage>(new { User = User(context), Message = message, Payload = Encoding.UTF8.GetString(payload.Span) });
    }

    static async Task<IResult> Held(HttpContext context, RecordReader records) => new RazorComponentResult<HeldPage>(
        new { User = User(context), Items = (IReadOnlyList<Interop.Platform.Held.HeldItem>)await records.Held(User(context), context.RequestAborted) });

    static async Task<IResult> Resubmit(string id, HttpContext context, Corrections corrections)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await corrections.Resubmit(User(context), id, Encoding.UTF8.GetBytes(form["body"].ToString()), context.RequestAborted) switch
        {
            Correction.Done => Results.Redirect($"/messages/{id}"),
            Correction.Refused refused => Api.ApiProblems.Answer(StatusCodes.Status409Conflict, "The message cannot be taken again", refused.Problems),
            _ => NotFound(context, "message"),
        };
    }

    static async Task<IResult> ResubmitDelivery(string effect, HttpContext context, Corrections corrections) =>
        await corrections.ResubmitDelivery(User(context), effect, context.RequestAborted) ? Results.Redirect("/held") : NotFound(context, "held delivery");

    static RazorComponentResult<NotFoundPage> NotFound(HttpContext context, string what) =>
        new(new { User = User(context), What = what }) { StatusCode = StatusCodes.Status404NotFound };

    // Only a path of this site: "//elsewhere" and "/\elsewhere" are other sites.
    static string Local(string? path) => path is ['/', ..] and not ['/', '/' or '\\', ..] ? path : "/";

    static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    // Where the organisation wants to know why somebody looks, the page asks before it shows.
    static async ValueTask<object?> Justified(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => Consultation.Missing(context.HttpContext)
        ? new RazorComponentResult<JustificationPage>(new { User = User(context.HttpContext), Most = Consultation.MostCharacters })
        : await next(context);

    static InteropUser User(HttpContext context) => Consultation.UserOf(context);
}
