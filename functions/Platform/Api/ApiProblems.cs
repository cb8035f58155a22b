using System.Collections.Immutable;
using Interop.Core;
using Microsoft.AspNetCore.Http;

namespace Interop.Platform.Api;

/// <summary>One problem as the API shows it.</summary>
/// <param name="Rule">The rule broken.</param>
/// <param name="Message">What is wrong and the remedy.</param>
/// <param name="Path">Where in the document.</param>
/// <param name="Value">The offending value, shortened.</param>
/// <param name="Line">1-based, if known.</param>
/// <param name="Column">1-based, if known.</param>
public sealed record ApiProblem(string Rule, string Message, string? Path, string? Value, int? Line, int? Column)
{
    /// <summary>The API's form of a problem.</summary>
    public static ApiProblem Of(Problem problem) =>
        new(problem.Rule, problem.Message, problem.Path.Length == 0 ? null : problem.Path, problem.Value, problem.Place?.Line, problem.Place?.Column);
}

/// <summary>Errors as RFC 9457 problem details, with every single problem under <c>problems</c>.</summary>
static class ApiProblems
{
    const string Types = "https://interop.cloud/problems/";

    public static IResult Answer(int status, string title, ImmutableArray<Problem> problems) => Results.Problem(
        detail: string.Join(" ", problems.Take(5).Select(problem => $"{(problem.Place is { } place ? $"{place}: " : "")}{problem.Message}")),
        statusCode: status,
        title: title,
        type: problems is [var only] ? Types + only.Rule : null,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["problems"] = problems.Select(ApiProblem.Of).ToArray() });

    public static IResult NotFound(string what) => Answer(StatusCodes.Status404NotFound, "There is no such thing", [new Problem("not-found", $"There is no {what} of that id.")]);

    public static IResult Conflict(string message) => Answer(StatusCodes.Status409Conflict, "That is not possible now", [new Problem("conflict", message)]);

    public static IResult Invalid(string rule, string message) => Answer(StatusCodes.Status400BadRequest, "The request is not as it must be", [new Problem(rule, message)]);
}
