using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Interop.Core;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;

namespace Interop.Local.Secrets;

/// <summary>The keys of one machine, in a file beside the store that only its owner reads. A key that is missing is made at start and written before it is used.</summary>
sealed class KeyFile : ISecretStore
{
    const string FileName = "keys.json";
    const int KeyBytes = 32;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly ConcurrentDictionary<string, string> known;

    KeyFile(Dictionary<string, string> keys) => known = new ConcurrentDictionary<string, string>(keys, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> All => known;

    /// <summary>Opens the file of a folder, and adds every key that the definitions ask for and it does not have.</summary>
    public static Outcome<KeyFile> Open(string folder, DefinitionSet definitions)
    {
        var path = Path.Combine(folder, FileName);
        return Guarded(path, () =>
        {
            var keys = File.Exists(path) ? Parse(path) : [];
            var made = Names(definitions).Where(named => !keys.ContainsKey(named.Name)).ToList();
            foreach (var (name, isNotifyKey) in made) keys[name] = isNotifyKey ? NotifyKey() : Key();
            if (made.Count > 0) Write(path, keys);
            return new KeyFile(keys);
        });
    }

    /// <summary>Opens the file of a folder as it is, and makes no keys.</summary>
    public static Outcome<KeyFile> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return Guarded(path, () => new KeyFile(Parse(path)));
    }

    public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult(known.GetValueOrDefault(name));

    static Dictionary<string, string> Parse(string path) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [], StringComparer.Ordinal);

    static Outcome<KeyFile> Guarded(string path, Func<KeyFile> open)
    {
        try
        {
            return open();
        }
        catch (JsonException)
        {
            return new Problem("keys", $"{path} is not JSON. Mend it, or remove it to have new keys made.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new Problem("keys", $"{path} cannot be read or written: {failed.Message}");
        }
    }

    static IEnumerable<(string Name, bool IsNotifyKey)> Names(DefinitionSet definitions)
    {
        foreach (var system in definitions.Systems)
        {
            yield return (SecretNames.Inbound(system), false);
            if (system.Outbound != OutboundAuthentication.None) yield return (SecretNames.Outbound(system), system.Outbound == OutboundAuthentication.JwtHs256);
        }

        foreach (var organisation in definitions.Organisations.Keys) yield return (SecretNames.Audit(organisation), false);
    }

    // Written beside and moved into place, so that a crash leaves the old file or the new one.
    static void Write(string path, Dictionary<string, string> keys)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, new SortedDictionary<string, string>(keys, StringComparer.Ordinal), Indented);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    // The shape of a GOV.UK Notify API key: name, service id, secret.
    static string NotifyKey() => $"local-{Guid.NewGuid()}-{Guid.NewGuid()}";
}
