using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Platform.Storage;

/// <summary>The key of a partition, made of parts. The organisation is always the first.</summary>
public readonly record struct PartitionKey
{
    readonly string? value;

    PartitionKey(string value) => this.value = value;

    /// <summary>The key as the store knows it.</summary>
    public string Value => value ?? throw new InvalidOperationException("This partition key was never given a value.");

    /// <summary>The key as the store knows it.</summary>
    public static implicit operator string(PartitionKey key) => key.Value;

    /// <summary>Joins parts with '|'. Any text may be a part: what a key cannot hold is escaped, and <see cref="Split"/> gives it back.</summary>
    /// <exception cref="ArgumentException">No part, an empty first part, or longer than <see cref="StoreLimits.KeyCharacters"/> when escaped.</exception>
    public static PartitionKey Of(params string[] parts) => new(KeyText.Join(parts));

    /// <summary>The parts that <see cref="Of"/> was given.</summary>
    public static ImmutableArray<string> Split(string key) => KeyText.Split(key);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}

/// <summary>The key of a row within its partition, made of parts.</summary>
/// <remarks>Rows are ordered by ordinal of the joined text: use parts of a fixed width where their order matters. All rows below a part have the prefix <c>RowKey.Of(part, "")</c>.</remarks>
public readonly record struct RowKey
{
    readonly string? value;

    RowKey(string value) => this.value = value;

    /// <summary>The key as the store knows it.</summary>
    public string Value => value ?? throw new InvalidOperationException("This row key was never given a value.");

    /// <summary>The key as the store knows it.</summary>
    public static implicit operator string(RowKey key) => key.Value;

    /// <inheritdoc cref="PartitionKey.Of"/>
    public static RowKey Of(params string[] parts) => new(KeyText.Join(parts));

    /// <summary>A part that stands for texts too long, or too private, for a key: 32 hexadecimal digits, half of their SHA-256. Nobody reads them out of it.</summary>
    public static string Hash(params string[] texts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))).AsSpan(0, 16));

    /// <summary>The parts that <see cref="Of"/> was given.</summary>
    public static ImmutableArray<string> Split(string key) => KeyText.Split(key);

    /// <inheritdoc/>
    public override string ToString() => value ?? "";
}
