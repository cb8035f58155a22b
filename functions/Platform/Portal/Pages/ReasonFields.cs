using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Interop.Platform.Portal.Pages;

/// <summary>The fields of a form that changes something for good: a reason, and a box that confirms it.</summary>
/// <param name="Reason">As it was typed.</param>
/// <param name="Errors">What is missing; empty when nothing is.</param>
/// <param name="Field">Which of a page's forms it is.</param>
public sealed record ReasonFields(string Reason, ImmutableArray<string> Errors, string Field)
{
    const int LongestReason = 500;

    /// <summary>Reads the fields of an erasure.</summary>
    public static async Task<ReasonFields> OfErasure(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reason = form["reason"].ToString().Trim();
        string?[] errors =
        [
            reason.Length is 0 or > LongestReason ? $"Give the reason, in 1 to {LongestReason} characters. It has {reason.Length}." : null,
            form["confirmed"] != "yes" ? "Confirm that the contents are to be erased for good." : null,
        ];
        return new ReasonFields(reason, [.. errors.OfType<string>()], "erase");
    }
}
