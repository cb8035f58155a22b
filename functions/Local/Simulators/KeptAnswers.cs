using System.Security.Cryptography;

namespace Interop.Local.Simulators;

/// <summary>An answer as it went out, kept so that the same key gets the same again.</summary>
internal sealed record KeptAnswer(int Status, string ContentType, byte[] Body);

/// <summary>Answers by Idempotency-Key. Work under one key is done once, also when requests come together. Keeps at most <see cref="Limit"/>.</summary>
internal sealed class KeptAnswers
{
    public const int Limit = 10_000;

    readonly Lock gate = new();
    readonly Dictionary<string, (byte[] Digest, KeptAnswer Answer)> byKey = new(StringComparer.Ordinal);

    /// <summary>The answer kept under the key, or the one that <paramref name="perform"/> makes now. Null: the key came before with another body.</summary>
    /// <returns>The answer, and whether it was made now.</returns>
    public (KeptAnswer? Answer, bool Performed) GetOrPerform(string? key, byte[] body, Func<KeptAnswer> perform)
    {
        lock (gate)
        {
            if (string.IsNullOrEmpty(key)) return (perform(), true);
            var digest = SHA256.HashData(body);
            if (byKey.TryGetValue(key, out var known)) return (digest.AsSpan().SequenceEqual(known.Digest) ? known.Answer : null, false);
            if (byKey.Count >= Limit) throw new InvalidOperationException($"At most {Limit} answers are kept.");
            var answer = perform();
            byKey[key] = (digest, answer);
            return (answer, true);
        }
    }
}
