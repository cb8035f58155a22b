using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Erasure;
using Interop.Platform.Identity;
using Interop.Platform.Reading;
using Interop.Platform.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal.Pages;

/// <summary>The list of runs, the search, and the page of one run.</summary>
static class RunPages
{
    const int LongestReference = 100;

    // What a page asks for that looks again by itself: it stays one look.
    const string Again = "again";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Runs);
        pages.MapPost("/runs/search", Search);
        pages.MapGet("/runs/{id}", Run).Justified();
        pages.MapPost("/runs/{id}/operate", Operate).Justified().RequireAuthorization(Policies.Operate);
        pages.MapPost("/runs/{id}/erase", Erase).Justified().RequireAuthorization(Policies.Erase);
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

    static async Task<IResult> Run(string id, string? live, string? done, HttpContext context, RecordReader records, TimeProvider clock) =>
        await Show(context, records, clock, id, new RunForms(live is "on" or Again, done), isSameLook: live == Again);

    static async Task<IResult> Operate(string id, HttpContext context, RunOperations operations, RecordReader records, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reason = form["reason"].ToString().Trim();
        return await operations.Do(PortalPages.User(context), id, form["operation"].ToString(), reason, default, context.RequestAborted) switch
        {
            OperationOutcome.Done done => PortalPages.Back($"/runs/{done.Run}", "operated"),
            OperationOutcome.Refused refused => await Show(
                context, records, clock, id, new RunForms(Fields: new ReasonFields(reason, [refused.Problem.Message], "operate")),
                refused.Problem.Rule is "reason" or "operation" ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict),
            _ => ProblemPages.NotFound(context, "run"),
        };
    }

    static async Task<IResult> Erase(string id, HttpContext context, Eraser eraser, RunList runs, RecordReader records, TimeProvider clock)
    {
        var user = PortalPages.User(context);
        var fields = await ReasonFields.OfErasure(context);
        if (!RunId.Parse(id).Succeeded || await runs.Find(user.Organisation, new RunId(id), context.RequestAborted) is not { } run) return ProblemPages.NotFound(context, "run");
        if (!fields.Errors.IsEmpty) return await Show(context, records, clock, id, new RunForms(Fields: fields), StatusCodes.Status400BadRequest);
        return await eraser.Erase(user, run.Subject, fields.Reason, context.RequestAborted) switch
        {
            null => ProblemPages.NotFound(context, "incident"),
            { Succeeded: true } => PortalPages.Back($"/runs/{id}", "erased"),
            var refused => await Show(context, records, clock, id, new RunForms(Fields: fields with { Errors = [.. refused.Problems.Select(problem => problem.Message)] }), StatusCodes.Status409Conflict),
        };
    }

    static async Task<IResult> Show(HttpContext context, RecordReader records, TimeProvider clock, string id, RunForms forms, int status = StatusCodes.Status200OK, bool isSameLook = false)
    {
        var user = PortalPages.User(context);
        if (await records.Run(user, id, context.RequestAborted, isSameLook) is not { } run) return ProblemPages.NotFound(context, "run");
        var isLive = forms.IsLive && !RunPage.HasEnded(run);
        if (isLive) context.Response.Headers["Refresh"] = $"2; url=?live={Again}";
        return new RazorComponentResult<RunPage>(new { User = user, Run = run, Now = clock.GetUtcNow(), Forms = forms with { IsLive = isLive } }) { StatusCode = status };
    }
}

/// <summary>How a run's page is shown, and what its forms hold when it is shown again.</summary>
/// <param name="IsLive">Whether it looks again by itself.</param>
/// <param name="Done">What has just been done.</param>
/// <param name="Fields">A form that was not carried out.</param>
public sealed record RunForms(bool IsLive = false, string? Done = null, ReasonFields? Fields = null);
