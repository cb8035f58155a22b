using System.Security.Cryptography;
using System.Text.Json;
using Interop.Core;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;

namespace Interop.Local.Secrets;

/// <summary>The keys of one machine, in a file beside the store that only its owner reads. A key that is missing is made at start and written before it is used; one that a person changes counts from the next call on.</summary>
sealed class KeyFile : ISecretStore
{
    const string FileName = "keys.json";
    const int KeyBytes = 32;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string file;
    volatile Content content;

    KeyFile(string file, Content content) => (this.file, this.content) = (file, content);

    public IReadOnlyDictionary<string, string> All => Current().Keys;

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
            return new KeyFile(path, new Content(keys, Stamp.Of(path)));
        });
    }

    /// <summary>Opens the file of a folder as it is, and makes no keys.</summary>
    public static Outcome<KeyFile> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return Guarded(path, () => new KeyFile(path, Content.Of(path)));
    }

    public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult(Current().Keys.GetValueOrDefault(name));

    // A file that cannot be read as it is (somebody is still writing it) leaves the keys as they were; it is read again at the next call.
    Content Current()
    {
        try
        {
            if (Stamp.Of(file) is var now && now != content.Stamp && now != Stamp.Missing) content = Content.Of(file);
        }
        catch (Exception unfinished) when (unfinished is JsonException or IOException or UnauthorizedAccessException)
        {
            return content;
        }

        return content;
    }

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
        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, new SortedDictionary<string, string>(keys, StringComparer.Ordinal), Indented);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    sealed record Content(Dictionary<string, string> Keys, Stamp Stamp)
    {
        // The stamp is taken first: what is written in between is read again.
        public static Content Of(string path)
        {
            var stamp = Stamp.Of(path);
            return new Content(Parse(path), stamp);
        }
    }

    /// <summary>By what a change of the file shows.</summary>
    readonly record struct Stamp(DateTime Written, long Length)
    {
        public static Stamp Missing { get; }

        public static Stamp Of(string path) => new FileInfo(path) is { Exists: true } found ? new Stamp(found.LastWriteTimeUtc, found.Length) : Missing;
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    // The shape of a GOV.UK Notify API key: name, service id, secret.
    static string NotifyKey() => $"local-{Guid.NewGuid()}-{Guid.NewGuid()}";
}
