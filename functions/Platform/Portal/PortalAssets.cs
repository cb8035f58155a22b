using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interop.Platform.Portal;

/// <summary>The style sheet and the icon. They stand in the assembly, so that they are there however the host is run or published.</summary>
static class PortalAssets
{
    static readonly byte[] Style = Read("portal.css");
    static readonly byte[] Icon = Read("portal.svg");

    /// <summary>The address of the style sheet; another one for every other content, so that browsers may keep it.</summary>
    public static string StyleAddress { get; } = $"/portal.css?v={Convert.ToHexStringLower(SHA256.HashData(Style))[..12]}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/portal.css", (HttpContext context) => Serve(context, Style, "text/css; charset=utf-8")).ExcludeFromDescription().AllowAnonymous();
        routes.MapGet("/portal.svg", (HttpContext context) => Serve(context, Icon, "image/svg+xml")).ExcludeFromDescription().AllowAnonymous();
    }

    static IResult Serve(HttpContext context, byte[] bytes, string type)
    {
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Bytes(bytes, type);
    }

    static byte[] Read(string name)
    {
        using var resource = typeof(PortalAssets).Assembly.GetManifestResourceStream($"{typeof(PortalAssets).Namespace}.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
