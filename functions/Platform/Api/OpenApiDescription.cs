using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Interop.Platform.Api;

/// <summary>What the OpenAPI document says about itself.</summary>
static class OpenApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Interop.Cloud",
                Version = "1",
                Description = "Messages from police systems in, records and runs to read. Errors are problem details (RFC 9457), with every single problem under \"problems\".",
            };
            return Task.CompletedTask;
        });
    }
}
