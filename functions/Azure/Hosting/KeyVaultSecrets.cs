using System.Buffers;
using System.Collections.Concurrent;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Interop.Platform.Connectors;

namespace Interop.Functions.Hosting;

/// <summary>The keys of systems in Key Vault. A key that was rotated there counts after a few minutes at most: each message needs one, and the vault is not asked each time.</summary>
sealed class KeyVaultSecrets(SecretClient vault, TimeProvider wall) : ISecretStore
{
    const int MostKept = 10_000;
    const int LongestName = 127;
    static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/");

    readonly ConcurrentDictionary<string, (string? Value, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    public async ValueTask<string?> Read(string name, CancellationToken cancellation)
    {
        var now = wall.GetUtcNow();
        if (kept.TryGetValue(name, out var known) && known.Until > now) return known.Value;
        if (kept.Count >= MostKept) kept.Clear();
        var value = await Ask(NameOf(name), cancellation);
        kept[name] = (value, now + KeptFor);
        return value;
    }

    /// <summary>The name in the vault: '/' is written as two hyphens, so <c>northshire/rms/inbound</c> is <c>northshire--rms--inbound</c>.</summary>
    /// <exception cref="ArgumentException">Another secret would have the same name, or the vault takes no such name.</exception>
    public static string NameOf(string name)
    {
        var vaultName = name.Replace("/", "--", StringComparison.Ordinal);
        if (name.Contains("--", StringComparison.Ordinal) || name.AsSpan().ContainsAnyExcept(Allowed) || vaultName.Length > LongestName)
            throw new ArgumentException($"The secret \"{name}\" cannot stand in a key vault: use letters, digits and single hyphens, at most {LongestName} characters in all.", nameof(name));
        return vaultName;
    }

    async Task<string?> Ask(string name, CancellationToken cancellation)
    {
        try
        {
            return (await vault.GetSecretAsync(name, cancellationToken: cancellation)).Value.Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }
}
