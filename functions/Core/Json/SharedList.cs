using System.Collections;

namespace Interop.Core.Json;

/// <summary>
/// An immutable list of which a changed copy shares all but a few nodes with the original: a tree 32 wide whose last leaf stands apart.
/// Building a long array item by item is so linear, not quadratic, while every earlier version stays as it was.
/// </summary>
sealed class SharedList<T> : IReadOnlyList<T>
{
    const int Bits = 5;
    const int Width = 1 << Bits;

    readonly object[] root;
    readonly T[] tail;
    readonly int shift;

    SharedList(int count, int shift, object[] root, T[] tail) => (Count, this.shift, this.root, this.tail) = (count, shift, root, tail);

    public int Count { get; }

    public T this[int index] => Leaf(index)[index & (Width - 1)];

    int TailStart => Count - tail.Length;

    /// <summary>A list of these items; the array is not kept.</summary>
    public static SharedList<T> Of(ReadOnlySpan<T> items)
    {
        var list = new SharedList<T>(0, Bits, [], []);
        for (; items.Length > Width; items = items[Width..]) list = list.WithTail(items[..Width].ToArray()).TailPushed();
        return list.WithTail(items.ToArray());
    }

    public SharedList<T> Plus(T item)
    {
        var list = tail.Length == Width ? TailPushed() : this;
        return list.WithTail([.. list.tail, item]);
    }

    public SharedList<T> With(int index, T item)
    {
        if (index >= TailStart) return new SharedList<T>(Count, shift, root, Changed(tail, index & (Width - 1), item));
        return new SharedList<T>(Count, shift, Changed(root, shift, index, item), tail);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var start = 0; start < Count; start += Width)
            foreach (var item in Leaf(start)) yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    T[] Leaf(int index)
    {
        if (index >= TailStart) return tail;
        var node = root;
        for (var level = shift; level > Bits; level -= Bits) node = (object[])node[(index >> level) & (Width - 1)];
        return (T[])node[(index >> Bits) & (Width - 1)];
    }

    SharedList<T> WithTail(T[] changed) => new(TailStart + changed.Length, shift, root, changed);

    // A full tail becomes a leaf; where the tree is full too, it grows by a level.
    SharedList<T> TailPushed()
    {
        var isFull = TailStart == 1 << (shift + Bits);
        return isFull
            ? new SharedList<T>(Count, shift + Bits, [root, Path(shift)], [])
            : new SharedList<T>(Count, shift, Pushed(root, shift), []);
    }

    object[] Pushed(object[] node, int level)
    {
        var at = (TailStart >> level) & (Width - 1);
        if (level == Bits) return [.. node, tail];
        return at == node.Length ? [.. node, Path(level - Bits)] : Changed(node, at, Pushed((object[])node[at], level - Bits));
    }

    object[] Path(int level) => level == Bits ? [tail] : [Path(level - Bits)];

    static object[] Changed(object[] node, int level, int index, T item)
    {
        var at = (index >> level) & (Width - 1);
        return Changed(node, at, level == Bits ? Changed((T[])node[at], index & (Width - 1), item) : (object)Changed((object[])node[at], level - Bits, index, item));
    }

    static TNode[] Changed<TNode>(TNode[] node, int at, TNode value)
    {
        var copy = (TNode[])node.Clone();
        copy[at] = value;
        return copy;
    }
}
