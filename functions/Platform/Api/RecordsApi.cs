using System.Text.Json.Serialization;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Erasure;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Reading;
using Interop.Platform.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Api;

/// <summary>Why a person wants something done to a run, a message or an incident.</summary>
/// <param name="Reason">Kept with what is done. 1 to 500 characters without personal data.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReasonRequest(string? Reason);

/// <summary>Why a person wants something done to a run, and for <c>retry</c> the corrected input.</summary>
/// <param name="Reason">Kept with what is done. 1 to 500 characters without personal data.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OperateRequest(string? Reason)
{
    /// <summary>For <c>retry</c>: stands in the place of the failed task's input; without it the task has the input it had.</summary>
    public JsonValue Input { get; init; }
}

/// <summary>The run that goes on.</summary>
/// <param name="Run">The same run, or the one that takes its place.</param>
public sealed record RunAnswer(string Run);

/// <summary>What users read and mend: messages, runs, incidents, held items, the audit log. Everything is below the organisation; another organisation's things answer 404.</summary>
static class RecordsApi
{
    const int MostListed = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/organisations/{organisation}").WithTags("Records").AddEndpointFilter(OwnOrganisation).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/messages", Messages).WithName("list-messages").WithSummary("Messages received on a day (UTC; today if none is given), newest first, at most 500.").Produces<MessageLine[]>().ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapGet("/messages/{id}", Message).AddEndpointFilter(Consultation.Justified).WithName("read-message").WithSummary("A message with its canonical record and its problems.").Produces<MessageView>().ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapGet("/messages/{id}/payload", Payload).AddEndpointFilter(Consultation.Justified).WithName("read-payload").WithSummary("The message's bytes as they came.").Produces<Stream>(200, "application/octet-stream").ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapPost("/messages/{id}/resubmit", Resubmit).WithName("resubmit-message").WithSummary("Takes a held message again: as it came, after a definition was mended, or with the corrected body that is sent.").Produces<MessageAnswer>(202).ProducesProblem(409).ProducesProblem(413).RequireAuthorization(Policies.Resubmit);
        api.MapPost("/messages/{id}/erase", Erase).WithName("erase-message").WithSummary("Erases the contents of a message that is part of no incident. That it came, and what was done, stays.").Produces(204).ProducesProblem(400).ProducesProblem(409).RequireAuthorization(Policies.Erase);
        api.MapGet("/held", HeldItems).WithName("list-held").WithSummary("Held messages, held deliveries, deliveries in doubt, dead letters, failed work and notices of workflows, newest first, at most 500.").Produces<HeldView[]>().RequireAuthorization(Policies.Read);
        api.MapPost("/deliveries/{effect}/resubmit", ResubmitDelivery).WithName("resubmit-delivery").WithSummary("Lets a held delivery or dead letter go again, and sends a delivery in doubt again.").Produces<MessageAnswer>(202).RequireAuthorization(Policies.Resubmit);
        api.MapPost("/deliveries/{effect}/drop", DropDelivery).WithName("drop-delivery").WithSummary("Ends a delivery that may have got through, and whose system no longer tells, without sending it again. The reason is kept with the run, which goes on.").Produces(204).ProducesProblem(400).RequireAuthorization(Policies.Resubmit);
        api.MapPost("/work/{id}/resubmit", ResubmitWork).WithName("resubmit-work").WithSummary("Lets work go again that a fault of the platform ended, after the fault was mended.").Produces(204).RequireAuthorization(Policies.Resubmit);
        api.MapPost("/notices/{effect}/close", CloseNotice).WithName("close-notice").WithSummary("Says that you have seen to what a workflow asked a person to see to.").Produces(204).RequireAuthorization(Policies.Resubmit);
        api.MapGet("/runs", Runs).WithName("list-runs").WithSummary("Runs started on a day (UTC; today if none is given), newest first, at most 500.").Produces<RunLine[]>().ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapGet("/runs/stuck", Stuck).WithName("list-stuck-runs").WithSummary("Runs that wait for nothing that can still happen, with the reasons. Checks 1,000 open runs, and names the one to go on after.").Produces<StuckPage>().ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapGet("/runs/{id}", Run).AddEndpointFilter(Consultation.Justified).WithName("read-run").WithSummary("A run with its timeline, clocks and journal.").Produces<RunView>().ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapPost("/runs/{id}/{operation}", Operate).WithName("operate-run").WithSummary("Suspends, resumes, cancels, retries (takes up a failed run at the task that failed, with corrected input if it is given) or reruns a run, with the reason that is kept with it. Answers with the run that goes on.").Produces<RunAnswer>(202).ProducesProblem(400).ProducesProblem(409).RequireAuthorization(Policies.Operate);
        api.MapGet("/incidents/{subject}", Incident).AddEndpointFilter(Consultation.Justified).WithName("read-incident").WithSummary("All that is known of an incident.").Produces<IncidentView>().ProducesProblem(400).RequireAuthorization(Policies.Read);
        api.MapPost("/incidents/{subject}/erase", EraseIncident).WithName("erase-incident").WithSummary("Erases an incident's data: messages, record, and what its ended runs hold. Names the recipients who are to be told.").Produces<ErasedIncident>().ProducesProblem(400).ProducesProblem(409).RequireAuthorization(Policies.Erase);
        api.MapGet("/audit/{day}", AuditOfDay).WithName("read-audit").WithSummary("The audit lines of a day (UTC), oldest first, at most 10,000.").Produces<JsonValue[]>().ProducesProblem(400).RequireAuthorization(Policies.Audit);
        api.MapGet("/audit/verification", VerifyAudit).WithName("verify-audit").WithSummary("Verifies the hash chain of the audit log.").Produces<AuditVerification>().RequireAuthorization(Policies.Audit);
    }

    // A user of one organisation sees nothing of another, not even that it exists.
    static async ValueTask<object?> OwnOrganisation(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        InteropUser.Of(context.HttpContext.User) is { } user && user.Organisation.Value == (string?)context.HttpContext.GetRouteValue("organisation")
            ? await next(context)
            : ApiProblems.NotFound("organisation");

    static async Task<IResult> Messages(HttpContext context, ListReader lists, TimeProvider clock, DateOnly? day) =>
        Results.Json(await All(at => lists.Messages(User(context), at, context.RequestAborted), day, clock));

    static async Task<IResult> Message(string id, HttpContext context, RecordReader records) =>
        await records.Message(User(context), id, context.RequestAborted) is { } message ? Results.Json(message) : ApiProblems.NotFound("message");

    static async Task<IResult> Payload(string id, HttpContext context, RecordReader records) =>
        await records.Payload(User(context), id, context.RequestAborted) is { } payload
            ? Results.Bytes(payload.Bytes.ToArray(), "application/octet-stream", $"{id}.{payload.Format}")
            : ApiProblems.NotFound("message");

    static async Task<IResult> Resubmit(string id, HttpContext context, Corrections corrections)
    {
        if (await IntakeApi.BodyWithinLimit(context) is not { } body) return IntakeApi.TooLarge();
        return await corrections.Resubmit(User(context), id, body.ToArray(), context.RequestAborted) switch
        {
            Correction.Done done => Results.Json(new MessageAnswer(id, done.Status, Duplicate: false), statusCode: StatusCodes.Status202Accepted),
            Correction.Refused refused => ApiProblems.Answer(StatusCodes.Status409Conflict, "The message cannot be taken again", refused.Problems),
            _ => ApiProblems.NotFound("message"),
        };
    }

    static async Task<IResult> Erase(string id, ReasonRequest request, HttpContext context, Corrections corrections)
    {
        if (request.Reason is not { } reason || string.IsNullOrWhiteSpace(reason) || reason.Length > RunOperations.LongestReason) return NoReason();
        return await corrections.Erase(User(context), id, reason, context.RequestAborted) switch
        {
            Correction.Done => Results.NoContent(),
            Correction.Refused refused => ApiProblems.Answer(StatusCodes.Status409Conflict, "The message cannot be erased now", refused.Problems),
            _ => ApiProblems.NotFound("message"),
        };
    }

    static async Task<IResult> EraseIncident(string subject, ReasonRequest request, HttpContext context, Eraser eraser)
    {
        if (request.Reason is not { } reason || string.IsNullOrWhiteSpace(reason) || reason.Length > RunOperations.LongestReason) return NoReason();
        return await eraser.Erase(User(context), subject, reason, context.RequestAborted) switch
        {
            null => ApiProblems.NotFound("incident"),
            { Succeeded: true } erased => Results.Json(erased.Value),
            var refused => ApiProblems.Answer(StatusCodes.Status409Conflict, "The incident cannot be erased now", refused.Problems),
        };
    }

    static IResult NoReason() => ApiProblems.Invalid("reason", $"An erasure needs a reason of 1 to {RunOperations.LongestReason} characters. Send a JSON object with the member reason.");

    static async Task<IResult> HeldItems(HttpContext context, HeldReader held) => Results.Json(await held.All(User(context), context.RequestAborted));

    static async Task<IResult> ResubmitDelivery(string effect, HttpContext context, Corrections corrections) =>
        await corrections.ResubmitDelivery(User(context), effect, context.RequestAborted) switch
        {
            Correction.Done done => Results.Json(new MessageAnswer(effect, done.Status, Duplicate: false), statusCode: StatusCodes.Status202Accepted),
            Correction.Refused refused => ApiProblems.Answer(StatusCodes.Status403Forbidden, "You may not let this delivery go", refused.Problems),
            _ => ApiProblems.NotFound("held delivery, delivery in doubt or dead letter"),
        };

    static async Task<IResult> DropDelivery(string effect, ReasonRequest request, HttpContext context, Corrections corrections) =>
        await corrections.DropDelivery(User(context), effect, request.Reason, context.RequestAborted) switch
        {
            Correction.Done => Results.NoContent(),
            Correction.Refused refused => ApiProblems.Invalid(refused.Problems[0].Rule, refused.Problems[0].Message),
            _ => ApiProblems.NotFound("delivery in doubt"),
        };

    static async Task<IResult> ResubmitWork(string id, HttpContext context, Corrections corrections) =>
        await corrections.ReleaseWork(User(context), id, context.RequestAborted) ? Results.NoContent() : ApiProblems.NotFound("held work");

    static async Task<IResult> CloseNotice(string effect, HttpContext context, Corrections corrections) =>
        await corrections.CloseNotice(User(context), effect, context.RequestAborted) ? Results.NoContent() : ApiProblems.NotFound("notice");

    static async Task<IResult> Runs(HttpContext context, ListReader lists, TimeProvider clock, DateOnly? day) =>
        Results.Json(await All(at => lists.Runs(User(context), at, context.RequestAborted), day, clock));

    static async Task<IResult> Stuck(string? after, HttpContext context, StuckRuns stuck)
    {
        var begin = after is null ? null : RunId.Parse(after);
        if (begin is { Succeeded: false }) return ApiProblems.Invalid("after", $"\"{Problem.Preview(after!)}\" is no id of a run. Give the one that the last answer named as next.");
        return Results.Json(await stuck.Find(User(context).Organisation, begin?.Value, context.RequestAborted));
    }

    static async Task<IResult> Run(string id, HttpContext context, RecordReader records) =>
        await records.Run(User(context), id, context.RequestAborted) is { } run ? Results.Json(run) : ApiProblems.NotFound("run");

    static async Task<IResult> Operate(string id, string operation, OperateRequest request, HttpContext context, RunOperations operations) =>
        await operations.Do(User(context), id, operation, request.Reason, request.Input, context.RequestAborted) switch
        {
            OperationOutcome.Done done => Results.Json(new RunAnswer(done.Run.Value), statusCode: StatusCodes.Status202Accepted),
            OperationOutcome.Refused { Problem: { Rule: "reason" or "operation" } problem } => ApiProblems.Invalid(problem.Rule, problem.Message),
            OperationOutcome.Refused refused => ApiProblems.Answer(StatusCodes.Status409Conflict, "The run cannot do that now", [refused.Problem]),
            _ => ApiProblems.NotFound("run"),
        };

    static async Task<IResult> Incident(string subject, HttpContext context, RecordReader records) =>
        await records.Incident(User(context), subject, context.RequestAborted) is { } incident ? Results.Json(incident) : ApiProblems.NotFound("incident");

    static async Task<IResult> AuditOfDay(DateOnly day, HttpContext context, AuditReader audit) =>
        Results.Json((await audit.OfDay(User(context), day, context.RequestAborted)).Select(entry => entry.ToJson()));

    static async Task<IResult> VerifyAudit(HttpContext context, AuditReader audit) => Results.Json(await audit.Verify(User(context), context.RequestAborted));

    // All of a UTC day, page by page, up to the stated most.
    static async Task<List<T>> All<T>(Func<ListFilter, Task<ListPage<T>>> read, DateOnly? day, TimeProvider clock)
    {
        var begins = new DateTimeOffset((day ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var lines = new List<T>();
        var filter = new ListFilter(begins, begins.AddDays(1));
        while (true)
        {
            var page = await read(filter);
            lines.AddRange(page.Lines);
            if (page.Next is not { } next || lines.Count >= MostListed) return lines;
            filter = filter with { After = next };
        }
    }

    static InteropUser User(HttpContext context) => Consultation.UserOf(context);
}
