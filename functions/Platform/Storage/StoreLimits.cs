using System.Buffers;

namespace Interop.Platform.Storage;

/// <summary>What every store accepts; the bounds of Azure Table storage. Beyond them is misuse, refused before anything is written.</summary>
public static class StoreLimits
{
    /// <summary>The longest partition or row key.</summary>
    public const int KeyCharacters = 512;

    /// <summary>The most changes of one commit.</summary>
    public const int Changes = 100;

    /// <summary>The largest body.</summary>
    public const int BodyBytes = 1 << 20;

    /// <summary>The most bytes of one commit: its keys and bodies together.</summary>
    public const int CommitBytes = 4 << 20;

    /// <summary>The characters of a key: printable ASCII without what Azure Tables refuses.</summary>
    internal static readonly string KeyAlphabet = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(@"/\#?"));

    static readonly SearchValues<char> InKey = SearchValues.Create(KeyAlphabet);
    static readonly SearchValues<char> InBound = SearchValues.Create(KeyAlphabet + "/\\#?\x7F");

    internal static void CheckKey(string key, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(key, name);
        CheckText(key, InKey, name);
    }

    // A bound need not be a key: it may be empty, and the successor of a prefix may end in any character.
    internal static void CheckRange(string partition, string from, string? to, int limit)
    {
        CheckKey(partition, nameof(partition));
        ArgumentNullException.ThrowIfNull(from);
        CheckText(from, InBound, nameof(from));
        if (to is not null) CheckText(to, InBound, nameof(to));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
    }

    internal static void CheckCommit(string partition, IReadOnlyList<Change> changes)
    {
        CheckKey(partition, nameof(partition));
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count is 0 or > Changes) throw new ArgumentException($"A commit has 1 to {Changes} changes; this one has {changes.Count}.", nameof(changes));

        var keys = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        var total = 0L;
        foreach (var change in changes)
        {
            CheckKey(change.Key, nameof(changes));
            if (!keys.Add(change.Key)) throw new ArgumentException($"The row \"{change.Key}\" is changed twice in one commit.", nameof(changes));
            var body = Body(change).Length;
            if (body > BodyBytes) throw new ArgumentException($"The body of row \"{change.Key}\" has {body} bytes; a body has at most {BodyBytes}.", nameof(changes));
            total += body + change.Key.Length;
        }

        if (total > CommitBytes) throw new ArgumentException($"The commit has {total} bytes; a commit has at most {CommitBytes}.", nameof(changes));
    }

    internal static ReadOnlyMemory<byte> Body(Change change) => change switch
    {
        Change.Insert insert => insert.Body,
        Change.Replace replace => replace.Body,
        Change.Upsert upsert => upsert.Body,
        _ => default,
    };

    static void CheckText(string text, SearchValues<char> allowed, string name)
    {
        if (text.Length > KeyCharacters) throw new ArgumentException($"A key has at most {KeyCharacters} characters; this one has {text.Length}.", name);
        var at = text.AsSpan().IndexOfAnyExcept(allowed);
        if (at >= 0) throw new ArgumentException($"The character U+{(int)text[at]:X4} at {at} cannot stand in a key: use printable ASCII without / \\ # ?, or join the key from its parts.", name);
    }
}
