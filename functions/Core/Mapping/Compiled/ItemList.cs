namespace Interop.Core.Mapping.Compiled;

/// <summary>A list that is being written: its brackets and commas, and what its form says of it as a whole. An item that writes nothing is none.</summary>
ref struct ItemList(Emitter emitter, Form form)
{
    readonly int start = emitter.Length;
    int count;
    int before;

    public readonly int Count => count;

    public void Begin()
    {
        before = emitter.Length;
        emitter.Byte((byte)(count == 0 ? '[' : ','));
    }

    /// <summary>False if the item is one too many or, where none may stand twice, stands there already.</summary>
    public bool End()
    {
        if (emitter.Length == before + 1)
        {
            emitter.Length = before;
            return true;
        }

        if (form.IsUnique && !IsNew()) return false;
        return ++count <= form.MostItems;
    }

    public readonly bool Close(bool evenIfEmpty)
    {
        if (count == 0 && !evenIfEmpty) return true;
        if (count == 0) emitter.Byte((byte)'[');
        emitter.Byte((byte)']');
        return count >= form.LeastItems;
    }

    // Texts and short whole numbers are the same if they are written the same; what else may be the same is not told apart here.
    readonly bool IsNew()
    {
        var written = emitter.Written;
        var ends = emitter.ItemEnds;
        var item = written[(before + 1)..];
        if (count == ends.Length || (item[0] != '"' && !FormCheck.IsShortWhole(item))) return false;
        var from = start + 1;
        for (var other = 0; other < count; other++)
        {
            if (written[from..ends[other]].SequenceEqual(item)) return false;
            from = ends[other] + 1;
        }

        ends[count] = written.Length;
        return true;
    }
}
