using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal.Pages;

/// <summary>The list of runs, the search, and the page of one run.</summary>
static class RunPages
{
    const int LongestReference = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Runs);
        pages.MapPost("/runs/search", Search);
        pages.MapGet("/runs/{id}", Run);
    }

    static async Task<IResult> Runs(string? day, string? state, string? after, HttpContext context, ListReader lists)
    {
        if (ListQuery.Read<RunStatus>(day, state, after) is not { } query) return ProblemPages.BadAddress(context);
        var page = await lists.Runs(PortalPages.User(context), query.Filter, context.RequestAborted);
        return new RazorComponentResult<RunsPage>(new { User = PortalPages.User(context), Query = query, page.Lines, page.Next });
    }

    // A reference leads to people, so it is sent in a form and never stands in an address, where logs and histories would keep it.
    static async Task<IResult> Search(HttpContext context, ListReader lists, RecordReader records)
    {
        var user = PortalPages.User(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var wanted = form["reference"].ToString().Trim();
        if (wanted.Length is 0 or > LongestReference) return Results.Redirect("/");
        if (RunId.Parse(wanted).Succeeded && await records.HasRun(user, wanted, context.RequestAborted)) return Results.Redirect($"/runs/{wanted}");
        if (MessageId.Parse(wanted).Succeeded && await records.HasMessage(user, wanted, context.RequestAborted)) return Results.Redirect($"/messages/{wanted}");
        var found = await lists.RunsByReference(user, wanted, context.RequestAborted);
        return found is [var only]
            ? Results.Redirect($"/runs/{only.Id}")
            : new RazorComponentResult<RunsPage>(new { User = user, Query = ListQuery.Everything, Lines = found, Searched = wanted });
    }

    static async Task<IResult> Run(string id, string? live, HttpContext context, RecordReader records, TimeProvider clock)
    {
        if (await records.Run(PortalPages.User(context), id, context.RequestAborted) is not { } run) return ProblemPages.NotFound(context, "run");
        var isLive = live == "on" && !RunPage.HasEnded(run);
        if (isLive) context.Response.Headers["Refresh"] = "2";
        return new RazorComponentResult<RunPage>(new { User = PortalPages.User(context), Run = run, Now = clock.GetUtcNow(), IsLive = isLive });
    }
}
