using System.Collections.Frozen;
using System.Diagnostics;
using Interop.Platform.Api;
using Interop.Platform.Identity;
using Interop.Platform.Portal.Pages;
using Interop.Platform.Work;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interop.Platform.Portal;

/// <summary>Errors in plain words and in the portal's frame, for whoever asked for a page; problem details for everybody else.</summary>
static class ProblemPages
{
    static readonly FrozenDictionary<int, (string Title, string Text)> Known = new Dictionary<int, (string, string)>
    {
        [400] = ("That request cannot be read", "A part of it is not as it must be, such as a day that does not exist. Go back and try again."),
        [403] = ("You may not do that", "Your role does not allow it, or the request came from a page of another site."),
        [404] = ("There is no such page", "The address is wrong, or what was there is gone."),
        [405] = ("That address takes no such request", "A form's address was opened as a page, or the other way round. Begin at the list of runs."),
        [409] = ("That is not possible now", "Something was changed in the meantime. Look at it again."),
        [413] = ("That is too much at once", "What was sent is larger than is taken. Send less."),
        [500] = ("Something went wrong here", "The fault is the platform's and not yours. Nothing that was stored before is lost. Try again; when it stays, tell those who run the platform."),
    }.ToFrozenDictionary();

    /// <summary>Errors that carry no body, and exceptions nobody caught, become pages or problem details.</summary>
    public static void UseProblemPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = ProblemDefaults.StatusOf,
            // The framework would log the exception whole, with what it quotes.
            SuppressDiagnosticsCallback = _ => true,
            ExceptionHandler = context =>
            {
                Log(context);
                SecurityHeaders.Apply(context);
                return Write(context);
            },
        });
        app.UseStatusCodePages(pages => Write(pages.HttpContext));
    }

    /// <summary>An error with words of its own.</summary>
    public static IResult Answer(HttpContext context, int status, string title, string text) =>
        WantsPage(context.Request) ? Page(context, status, title, text) : Results.Problem(text, statusCode: status, title: title);

    /// <summary>What is not there, or belongs to another organisation: nobody learns which.</summary>
    public static IResult NotFound(HttpContext context, string what) =>
        Answer(context, StatusCodes.Status404NotFound, $"There is no such {what}", $"The address is wrong, or the {what} belongs to another organisation.");

    /// <summary>An address with a query that cannot be read.</summary>
    public static IResult BadAddress(HttpContext context) =>
        Answer(context, StatusCodes.Status400BadRequest, "That address cannot be read", "A part after the question mark is not as it must be, such as a day that does not exist or a status that nothing has. Choose again from the list.");

    static void Log(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is not { } failed || ProblemDefaults.StatusOf(failed.Error) != StatusCodes.Status500InternalServerError) return;
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProblemPages));
        log.RequestFailed(context.Request.Method, (failed.Endpoint as RouteEndpoint)?.RoutePattern.RawText, TraceOf(context), FaultText.Of(failed.Error));
    }

    static string TraceOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;

    static async Task Write(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (WantsPage(context.Request))
        {
            var (title, text) = Known.GetValueOrDefault(status, Known[status < 500 ? 400 : 500]);
            await Page(context, status, title, status == StatusCodes.Status403Forbidden ? Needed(context) ?? text : text).ExecuteAsync(context);
            return;
        }

        var problem = new ProblemDetailsContext { HttpContext = context, Exception = context.Features.Get<IExceptionHandlerFeature>()?.Error };
        problem.ProblemDetails.Status = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(problem);
    }

    // Which roles the address asks for, when it asks for any that the user lacks.
    static string? Needed(HttpContext context)
    {
        var policies = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>() ?? [];
        if (InteropUser.Of(context.User) is not { } user || policies.FirstOrDefault(policy => !user.May(policy)) is not { } missing) return null;
        return $"This is for the {Words.Either(Policies.Allowed[missing])}; you are signed in as {string.Join(", ", user.Roles)}. Who needs another role asks those who run sign-in at the organisation.";
    }

    static RazorComponentResult<ProblemPage> Page(HttpContext context, int status, string title, string text) => new(
        new { User = InteropUser.Of(context.User), Title = title, Text = text, Trace = status >= 500 ? TraceOf(context) : null }) { StatusCode = status };

    /// <summary>Whether somebody asks for a page, and not a program for an answer of the API.</summary>
    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
