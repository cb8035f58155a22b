using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>The document, or the item of a list, with the places in it that decide, and the lists in it whose items hold others.</summary>
sealed class DecidingScope
{
    readonly List<(string Pointer, Decider Decider)> own = [];
    readonly List<(string Pointer, ArrayShape Shape, DecidingScope Item)> lists = [];

    DecidingScope(string key) => Key = key;

    /// <summary>Where it stands; of an item with <c>*</c> for any.</summary>
    public string Key { get; }

    /// <summary>Each place that decides, from the scope's own start.</summary>
    public IReadOnlyList<(string Pointer, Decider Decider)> Own => own;

    /// <summary>Each list whose items decide.</summary>
    public IReadOnlyList<(string Pointer, ArrayShape Shape, DecidingScope Item)> Lists => lists;

    /// <summary>The scope of a whole document.</summary>
    /// <param name="deciders">What decides.</param>
    /// <param name="root">What a document is.</param>
    /// <param name="fixedLists">Lists whose items stay as they are, because others refer to them.</param>
    public static DecidingScope Of(ImmutableArray<Decider> deciders, Shape root, IReadOnlySet<string> fixedLists)
    {
        var scope = new DecidingScope("");
        foreach (var decider in deciders) scope.Add(decider, decider.Key.Split("/*"), 0, root, "", fixedLists);
        return scope;
    }

    void Add(Decider decider, string[] parts, int at, Shape shape, string key, IReadOnlySet<string> fixedLists)
    {
        var pointer = parts[at];
        if (at == parts.Length - 1)
        {
            if (pointer.Length > 0) own.Add((pointer, decider));
            return;
        }

        if (JsonPointer.Segments(pointer) is not { } path || shape.At(path) is not ArrayShape list || fixedLists.Contains(key + pointer)) return;
        var inner = lists.Find(one => one.Pointer == pointer).Item;
        if (inner is null) lists.Add((pointer, list, inner = new DecidingScope($"{key}{pointer}/*")));
        inner.Add(decider, parts, at + 1, list.Item, inner.Key, fixedLists);
    }
}
