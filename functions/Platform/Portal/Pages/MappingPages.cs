using Interop.Platform.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal.Pages;

/// <summary>The mappings in force, with what they are known to lose.</summary>
static class MappingPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/mappings", All);
        pages.MapGet("/mappings/{name}", One);
    }

    static RazorComponentResult<MappingsPage> All(HttpContext context, DefinitionSet definitions) =>
        new(new { User = PortalPages.User(context), Reports = MappingReports.Of(definitions), Mappings = definitions.Mappings });

    static IResult One(string name, HttpContext context, DefinitionSet definitions) =>
        MappingReports.Of(definitions, name) is { } report && definitions.Mappings.TryGetValue(name, out var mapping)
            ? new RazorComponentResult<MappingPage>(new { User = PortalPages.User(context), Report = report, Title = mapping.Title })
            : ProblemPages.NotFound(context, "mapping");
}
