using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal.Pages;

/// <summary>What waits for people.</summary>
static class HeldPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/held", Held);
        pages.MapPost("/notices/{effect}/close", Close).RequireAuthorization(Policies.Resubmit);
        pages.MapPost("/work/{id}/resubmit", ResubmitWork).RequireAuthorization(Policies.Resubmit);
        pages.MapPost("/deliveries/{effect}/resubmit", Resubmit).RequireAuthorization(Policies.Resubmit);
        pages.MapPost("/deliveries/{effect}/drop", Drop).RequireAuthorization(Policies.Resubmit);
    }

    static async Task<IResult> Held(string? done, HttpContext context, HeldReader held) =>
        new RazorComponentResult<HeldPage>(new { User = PortalPages.User(context), Items = await held.All(PortalPages.User(context), context.RequestAborted), Done = done });

    static async Task<IResult> Close(string effect, HttpContext context, Corrections corrections) =>
        await corrections.CloseNotice(PortalPages.User(context), effect, context.RequestAborted) ? Results.Redirect("/held?done=closed") : ProblemPages.NotFound(context, "notice");

    static async Task<IResult> ResubmitWork(string id, HttpContext context, Corrections corrections) =>
        await corrections.ReleaseWork(PortalPages.User(context), id, context.RequestAborted) ? Results.Redirect("/held?done=resubmitted") : ProblemPages.NotFound(context, "held work");

    static async Task<IResult> Drop(string effect, HttpContext context, Corrections corrections)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await corrections.DropDelivery(PortalPages.User(context), effect, form["reason"].ToString().Trim(), context.RequestAborted) switch
        {
            Correction.Done => Results.Redirect("/held?done=dropped"),
            Correction.Refused refused => ProblemPages.Answer(context, StatusCodes.Status400BadRequest, "The delivery was not dropped", refused.Problems[0].Message),
            _ => ProblemPages.NotFound(context, "delivery in doubt"),
        };
    }

    static async Task<IResult> Resubmit(string effect, HttpContext context, Corrections corrections) =>
        await corrections.ResubmitDelivery(PortalPages.User(context), effect, context.RequestAborted) switch
        {
            Correction.Done => Results.Redirect("/held?done=resubmitted"),
            Correction.Refused refused => ProblemPages.Answer(context, StatusCodes.Status403Forbidden, "You may not let this delivery go", refused.Problems[0].Message),
            _ => ProblemPages.NotFound(context, "held delivery"),
        };
}
