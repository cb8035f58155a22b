using System.Runtime.Intrinsics;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>The names of an object's members, recognised in a document. Most documents have them in the order of the schema, so the next one is tried first.</summary>
sealed class MemberNames
{
    readonly TextTable table;
    readonly string[] texts;

    // A name with what goes before and behind it, and its first bytes with which of them count.
    readonly (byte[] Quoted, Vector128<byte> Start, Vector128<byte> Counts)[] names;

    /// <param name="names">The names.</param>
    /// <param name="before">What stands before each in a document.</param>
    /// <param name="behind">What stands behind it; if nothing is given, what does in JSON.</param>
    public MemberNames(IReadOnlyList<string> names, string before = "", string behind = "\":") =>
        (table, texts, this.names) = (new TextTable(names), [.. names], [.. names.Select(name => Recognised(Encoding.UTF8.GetBytes($"{before}{name}{behind}")))]);

    public static MemberNames None { get; } = new([]);

    public int Count => names.Length;

    public string this[int member] => texts[member];

    /// <summary>The member of that name; -1 if there is none.</summary>
    public int IndexOf(ReadOnlySpan<byte> name) => table.IndexOf(name);

    public int IndexOf(string name) => table.IndexOf(Encoding.UTF8.GetBytes(name));

    /// <summary>Whether the document goes on with that member's name and what goes with it.</summary>
    public bool IsNext(int member, ReadOnlySpan<byte> document)
    {
        if (member >= names.Length) return false;
        ref readonly var name = ref names[member];
        if (document.Length < Vector128<byte>.Count) return document.StartsWith(name.Quoted);
        return (Vector128.Create(document) & name.Counts) == name.Start && (name.Quoted.Length <= Vector128<byte>.Count || document.StartsWith(name.Quoted));
    }

    /// <summary>The bytes of the name and what goes with it.</summary>
    public int LengthOf(int member) => names[member].Quoted.Length;

    static (byte[] Quoted, Vector128<byte> Start, Vector128<byte> Counts) Recognised(byte[] quoted)
    {
        Span<byte> start = stackalloc byte[Vector128<byte>.Count], counts = stackalloc byte[Vector128<byte>.Count];
        var length = Math.Min(quoted.Length, Vector128<byte>.Count);
        quoted.AsSpan(0, length).CopyTo(start);
        counts[..length].Fill(byte.MaxValue);
        return (quoted, Vector128.Create<byte>(start), Vector128.Create<byte>(counts));
    }
}
