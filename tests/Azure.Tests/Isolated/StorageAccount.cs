using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Interop.Platform.Tests.Storage.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interop.Azure.Tests.Isolated;

/// <summary>A storage account as the app meets it on Azure: over TLS, with no key, for tokens of a managed identity alone. The emulator takes any token of the right form; a second server gives them out, as the app's surroundings do.</summary>
sealed class StorageAccount : IAsyncDisposable
{
    readonly DirectoryInfo folder;
    readonly Process emulator;
    readonly WebApplication identity;
    readonly IReadOnlyDictionary<string, Uri> addresses;

    StorageAccount(DirectoryInfo folder, Process emulator, WebApplication identity, IReadOnlyDictionary<string, Uri> addresses) => (this.folder, this.emulator, this.identity, this.addresses) = (folder, emulator, identity, addresses);

    /// <summary>The settings of a process that uses the account.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Storage__tableServiceUri", addresses["Table"].AbsoluteUri), new("Storage__blobServiceUri", addresses["Blob"].AbsoluteUri),
        new("IDENTITY_ENDPOINT", $"{identity.Urls.First()}/token"), new("IDENTITY_HEADER", "the-test"), new("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential"), new("SSL_CERT_FILE", Path.Combine(folder.FullName, "cert.pem")),
    ];

    /// <summary>Starts it; the emulator is installed.</summary>
    public static async Task<StorageAccount> Start()
    {
        var scratch = Directory.CreateTempSubdirectory("interop-account");
        await Certificate(scratch.FullName);
        var (started, found) = await Azurite.Run("--oauth", "basic", "--cert", Path.Combine(scratch.FullName, "cert.pem"), "--key", Path.Combine(scratch.FullName, "key.pem"));
        return new StorageAccount(scratch, started, await Identity(), found);
    }

    public async ValueTask DisposeAsync()
    {
        emulator.Kill(entireProcessTree: true);
        await emulator.WaitForExitAsync();
        emulator.Dispose();
        await identity.DisposeAsync();
        folder.Delete(recursive: true);
    }

    static async Task Certificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    // What App Service has for its apps: a token of the identity, for who asks on this machine.
    static async Task<WebApplication> Identity()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.MapGet("/token", (string resource) =>
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            var until = now + 3_600;
            var claims = $$"""{"aud":"{{resource}}","iss":"https://sts.windows.net/00000000-0000-0000-0000-000000000000/","nbf":{{now - 60}},"iat":{{now - 60}},"exp":{{until}}}""";
            return Results.Json(new Dictionary<string, string>(StringComparer.Ordinal) { ["access_token"] = $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part(claims)}.{Part("unsigned")}", ["expires_on"] = $"{until}", ["resource"] = resource, ["token_type"] = "Bearer" });
        });
        await web.StartAsync();
        return web;
    }

    static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
