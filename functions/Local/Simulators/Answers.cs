using System.Text;
using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>Reading requests and writing answers, for every simulated system.</summary>
internal static class Answers
{
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    public static Task WriteAsync(HttpContext context, int status, JsonValue body) =>
        WriteAsync(context, status, "application/json", body.ToUtf8());

    public static Task WriteAsync(HttpContext context, int status, string contentType, string body) =>
        WriteAsync(context, status, contentType, Encoding.UTF8.GetBytes(body));

    public static async Task WriteAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The key under which the sender asks for one effect.</summary>
    public static string? IdempotencyKey(HttpContext context) => context.Request.Headers["Idempotency-Key"].FirstOrDefault();
}
