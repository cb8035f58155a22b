using System.Buffers;
using System.Collections.Frozen;
using Interop.Core;
using Interop.Platform.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Api;

/// <summary>The answer to a message: its id and where it stands.</summary>
/// <param name="Id">The platform's id of the message.</param>
/// <param name="Status">accepted, held, parked or erased.</param>
/// <param name="Duplicate">True when the message was here before; nothing was done again.</param>
public sealed record MessageAnswer(string Id, string Status, bool Duplicate);

/// <summary>Where systems send their messages.</summary>
static class IntakeApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/organisations/{organisation}/systems/{system}/messages/{type}", Receive)
        .WithName("receive-message")
        .WithTags("Messages in")
        .WithSummary("Takes a message in the system's own format. CloudEvents in binary or structured mode, or the bare body.")
        .Accepts<string>("application/json", "application/xml", "text/xml", "application/cloudevents+json")
        .Produces<MessageAnswer>(StatusCodes.Status202Accepted)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415)
        .AllowAnonymous();

    static async Task<IResult> Receive(string organisation, string system, string type, HttpContext context, MessageIntake intake)
    {
        if (await BodyWithinLimit(context) is not { } body) return TooLarge();
        var headers = context.Request.Headers.ToFrozenDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return await intake.Receive(new IncomingMessage(organisation, system, type, body, headers), context.RequestAborted) switch
        {
            IntakeResult.Stored stored => Results.Json(new MessageAnswer(stored.Id, stored.Status, stored.IsDuplicate), statusCode: StatusCodes.Status202Accepted),
            IntakeResult.Refused refused => ApiProblems.Answer(refused.HttpStatus, refused.Title, refused.Problems),
            _ => throw new InvalidOperationException("Unknown result."),
        };
    }

    public static IResult TooLarge() => ApiProblems.Answer(413, "The message is too large", [new Problem("too-large", $"The body has more than {IncomingMessage.MaxBytes} bytes. Send it in parts.")]);

    /// <summary>The body of a request that brings a message; null when it is too large, however it is sent.</summary>
    public static async Task<ReadOnlyMemory<byte>?> BodyWithinLimit(HttpContext context)
    {
        try
        {
            return await Body(context);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    // Null when it is too large: read no further than one byte beyond the limit, whatever the headers promise.
    static async Task<ReadOnlyMemory<byte>?> Body(HttpContext context)
    {
        if (context.Request.ContentLength > IncomingMessage.MaxBytes) return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = IncomingMessage.MaxBytes + 1;
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > IncomingMessage.MaxBytes) return null;
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
