using System.Security.Cryptography;
using System.Text;

namespace Interop.Core.Messages;

/// <summary>What all ids share: the shape of a chosen name, the shape of a derived id, and how one is derived.</summary>
static class IdText
{
    public const int LongestName = 40;
    public const int DerivedLength = 26;

    const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    const int BitsPerCharacter = 5;

    /// <summary>What is wrong with a name an author chose, or null.</summary>
    public static Problem? Name(string what, string? text)
    {
        var right = text is { Length: >= 2 and <= LongestName } && text[0] is >= 'a' and <= 'z' && text[^1] != '-'
            && text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        return right ? null : Wrong(what, text, $"2 to {LongestName} lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen");
    }

    /// <summary>What is wrong with an id that <see cref="Derive"/> should have made, or null.</summary>
    public static Problem? Derived(string what, string? text)
    {
        var right = text is { Length: DerivedLength } && text.All(character => Alphabet.Contains(character, StringComparison.Ordinal));
        return right ? null : Wrong(what, text, $"{DerivedLength} characters out of a-z and 2-7");
    }

    /// <summary>Lower-case base32 (RFC 4648) of SHA-256 over the parts, cut to 130 bits. Each part carries its length, so no two lists of parts read alike.</summary>
    public static string Derive(string kind, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(kind + ":"));
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(Encoding.ASCII.GetBytes($"{bytes.Length}:"));
            hash.AppendData(bytes);
        }

        return Base32(hash.GetHashAndReset());
    }

    /// <summary>The text, or an exception with the problem's sentence.</summary>
    public static string Demand(Problem? problem, string text, string parameter) =>
        problem is null ? text : throw new ArgumentException(problem.Message, parameter);

    static Problem Wrong(string what, string? text, string shape) =>
        new("id", $"\"{Problem.Preview(text ?? "")}\" is not {what}. Write {shape}.", Value: Problem.Preview(text ?? ""));

    static string Base32(byte[] bytes)
    {
        var text = new char[DerivedLength];
        for (var at = 0; at < DerivedLength; at++)
        {
            var bit = at * BitsPerCharacter;
            var pair = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
            text[at] = Alphabet[(pair >> (16 - BitsPerCharacter - (bit % 8))) & 31];
        }

        return new string(text);
    }
}
