using System.Text;
using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>What a simulated system got under one effect key.</summary>
/// <param name="Key">The Idempotency-Key, or the reference where the system knows none.</param>
/// <param name="Kind">What was asked: occurrence, case-file, sms ...</param>
/// <param name="Body">The first body that came, as it came.</param>
/// <param name="Requests">How many requests carried the key, refused ones included.</param>
/// <param name="Effects">How often the system did what was asked; more than one is a fault of the sender.</param>
/// <param name="FirstAt">When the first came, by the simulated clock.</param>
/// <param name="Keyless">Whether no request carried a key, so that a repeat could not have been known.</param>
internal sealed record Received(string Key, string Kind, string Body, int Requests, int Effects, DateTimeOffset FirstAt, bool Keyless)
{
    public JsonValue ToJson() => JsonValue.Of(
        ("key", Key), ("kind", Kind), ("requests", Requests), ("effects", Effects), ("keyless", Keyless),
        ("firstAt", Timestamps.Utc(FirstAt)), ("body", Body));
}

/// <summary>A bounded log of what came in, one entry an effect key, in order of first arrival. Thread-safe.</summary>
internal sealed class ReceivedLog(int limit = ReceivedLog.DefaultLimit)
{
    public const int DefaultLimit = 10_000;

    /// <summary>Characters kept of a body.</summary>
    public const int BodyLimit = 64 * 1024;

    readonly Lock gate = new();
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly List<Received> entries = [];
    int left;
    int keyless;

    /// <summary>How many keys were not kept because the log was full.</summary>
    public int Left
    {
        get { lock (gate) return left; }
    }

    /// <summary>Counts a request and the effect it had.</summary>
    public void Add(string? key, string kind, ReadOnlySpan<byte> body, bool performed, DateTimeOffset at)
    {
        lock (gate)
        {
            var name = string.IsNullOrEmpty(key) ? $"(no key {++keyless})" : key;
            if (places.TryGetValue(name, out var place))
            {
                var known = entries[place];
                entries[place] = known with { Requests = known.Requests + 1, Effects = known.Effects + (performed ? 1 : 0) };
            }
            else if (entries.Count >= limit)
            {
                left++;
            }
            else
            {
                places[name] = entries.Count;
                var text = Encoding.UTF8.GetString(body);
                if (text.Length > BodyLimit) text = text[..BodyLimit];
                entries.Add(new Received(name, kind, text, 1, performed ? 1 : 0, at, string.IsNullOrEmpty(key)));
            }
        }
    }

    /// <summary>The entries so far.</summary>
    public IReadOnlyList<Received> Entries
    {
        get { lock (gate) return [.. entries]; }
    }

    public JsonValue ToJson() => JsonValue.Of(("entries", JsonValue.Of(Entries.Select(entry => entry.ToJson()))), ("left", Left));
}
