using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>The names of an object's members, recognised in a document. Most documents have them in the order of the schema, so the next one is tried first.</summary>
sealed class MemberNames
{
    readonly TextTable table;
    readonly byte[][] quoted;

    public MemberNames(IReadOnlyList<string> names) => (table, quoted) = (new TextTable(names), [.. names.Select(name => Encoding.UTF8.GetBytes($"{name}\""))]);

    public static MemberNames None { get; } = new([]);

    public int Count => quoted.Length;

    public string this[int member] => Encoding.UTF8.GetString(table[member]);

    /// <summary>The member of that name; -1 if there is none.</summary>
    public int IndexOf(ReadOnlySpan<byte> name) => table.IndexOf(name);

    public int IndexOf(string name) => table.IndexOf(Encoding.UTF8.GetBytes(name));

    /// <summary>Whether the document goes on with that member's name and the quotation mark behind it.</summary>
    public bool IsNext(int member, ReadOnlySpan<byte> document) => member < quoted.Length && document.StartsWith(quoted[member]);

    public int LengthOf(int member) => quoted[member].Length - 1;
}
