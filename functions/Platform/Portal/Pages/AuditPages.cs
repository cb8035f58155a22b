using System.Globalization;
using Interop.Core.Audit;
using Interop.Platform.Identity;
using Interop.Platform.Reading;
using Interop.Platform.Rows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal.Pages;

/// <summary>The audit log, for those who may read it.</summary>
static class AuditPages
{
    const int LongestId = 250;
    const int MostPages = AuditReader.MostLines / AuditReader.PageLength;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/audit", Audit).RequireAuthorization(Policies.Audit);
        pages.MapPost("/audit/verify", Verify).RequireAuthorization(Policies.Audit);
    }

    static async Task<IResult> Audit(string? day, string? operation, string? about, string? page, HttpContext context, AuditReader audit)
    {
        if (Read(day, operation, about, page) is not { } filter) return ProblemPages.BadAddress(context);
        var view = await audit.Page(PortalPages.User(context), filter, context.RequestAborted);
        return new RazorComponentResult<AuditPage>(new { User = PortalPages.User(context), Filter = filter, View = view });
    }

    static async Task<IResult> Verify(HttpContext context, AuditReader audit)
    {
        await audit.Verify(PortalPages.User(context), context.RequestAborted);
        return Results.Redirect("/audit");
    }

    /// <summary>The address of the log as a filter wants it.</summary>
    public static string Address(AuditFilter filter)
    {
        var query = new QueryBuilder();
        if (filter.Day is { } day) query.Add("day", London.Machine(day));
        if (filter.Operation is { } operation) query.Add("operation", Kebab.Of(operation));
        if (filter.About is { } about) query.Add("about", about);
        if (filter.Page > 1) query.Add("page", filter.Page.ToString(CultureInfo.InvariantCulture));
        return "/audit" + query;
    }

    // Null when a part of it cannot be read.
    static AuditFilter? Read(string? day, string? operation, string? about, string? page)
    {
        DateOnly? on = London.TryParse(day, out var given) ? given : null;
        var operations = Enum.GetValues<AuditOperation>().Where(one => Kebab.Of(one) == operation).ToList();
        var number = 1;
        var isRight = (string.IsNullOrEmpty(day) || on is not null)
            && (string.IsNullOrEmpty(operation) || operations.Count == 1)
            && about is not { Length: > LongestId }
            && (string.IsNullOrEmpty(page) || (int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= MostPages));
        return isRight ? new AuditFilter(on, operations is [var only] ? only : null, string.IsNullOrWhiteSpace(about) ? null : about.Trim(), number) : null;
    }
}
