using System.Collections.Immutable;
using System.Text;
using Interop.Core.Messages;
using Interop.Platform.Api;
using Interop.Platform.Erasure;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal.Pages;

/// <summary>The list of messages, the page of one, and what people do about it there.</summary>
static class MessagePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/messages", Messages);
        pages.MapGet("/messages/{id}", Message).Justified();
        pages.MapPost("/messages/{id}/resubmit", Resubmit).Justified().RequireAuthorization(Policies.Resubmit);
        pages.MapPost("/messages/{id}/erase", Erase).Justified().RequireAuthorization(Policies.Erase);
    }

    static async Task<IResult> Messages(string? day, string? state, string? after, HttpContext context, ListReader lists)
    {
        if (ListQuery.Read<MessageStatus>(day, state, after) is not { } query) return ProblemPages.BadAddress(context);
        var page = await lists.Messages(PortalPages.User(context), query.Filter, context.RequestAborted);
        return new RazorComponentResult<MessagesPage>(new { User = PortalPages.User(context), Query = query, page.Lines, page.Next });
    }

    static Task<IResult> Message(string id, string? done, HttpContext context, RecordReader records) => Show(context, records, id, new MessageForms(Done: done));

    static async Task<IResult> Resubmit(string id, HttpContext context, Corrections corrections, RecordReader records)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var body = form["body"].ToString();
        return await corrections.Resubmit(PortalPages.User(context), id, Encoding.UTF8.GetBytes(body), context.RequestAborted) switch
        {
            Correction.Done => PortalPages.Back($"/messages/{id}", "resubmitted"),
            Correction.Refused refused => await Show(context, records, id, new MessageForms(body.Length == 0 ? null : body, [.. refused.Problems.Select(ApiProblem.Of)]), StatusCodes.Status409Conflict),
            _ => ProblemPages.NotFound(context, "message"),
        };
    }

    // What an incident was told stands in its record and its runs too: then the whole incident is erased.
    static async Task<IResult> Erase(string id, HttpContext context, Corrections corrections, Eraser eraser, MessageStore messages, RecordReader records)
    {
        var user = PortalPages.User(context);
        var fields = await ReasonFields.OfErasure(context);
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, context.RequestAborted) is not { } found) return ProblemPages.NotFound(context, "message");
        if (!fields.Errors.IsEmpty) return await Show(context, records, id, new MessageForms(Erasure: fields), StatusCodes.Status400BadRequest);
        var problems = found.Message.Subject is { } subject
            ? await eraser.Erase(user, subject, fields.Reason, context.RequestAborted) is { Succeeded: false } incident ? incident.Problems : []
            : await corrections.Erase(user, id, fields.Reason, context.RequestAborted) is Correction.Refused refused ? refused.Problems : [];
        return problems.IsEmpty
            ? PortalPages.Back($"/messages/{id}", "erased")
            : await Show(context, records, id, new MessageForms(Erasure: fields with { Errors = [.. problems.Select(problem => problem.Message)] }), StatusCodes.Status409Conflict);
    }

    static async Task<IResult> Show(HttpContext context, RecordReader records, string id, MessageForms forms, int status = StatusCodes.Status200OK)
    {
        var user = PortalPages.User(context);
        if (await records.Message(user, id, context.RequestAborted) is not { } message) return ProblemPages.NotFound(context, "message");
        var payload = Encoding.UTF8.GetString((await records.PayloadOf(user, id, context.RequestAborted)).Span);
        return new RazorComponentResult<MessagePage>(new { User = user, Message = message, Payload = payload, Forms = forms }) { StatusCode = status };
    }
}

/// <summary>What the forms of a message's page hold when it is shown again.</summary>
/// <param name="Typed">The correction that was refused, so that nobody types it twice.</param>
/// <param name="Refusals">Why it was.</param>
/// <param name="Erasure">An erasure that was not made.</param>
/// <param name="Done">What has just been done.</param>
public sealed record MessageForms(string? Typed = null, ImmutableArray<ApiProblem> Refusals = default, ReasonFields? Erasure = null, string? Done = null);
