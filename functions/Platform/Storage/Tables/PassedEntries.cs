namespace Interop.Platform.Storage.Tables;

/// <summary>Due times whose rows were read and have them no more, until they are old enough to be forgotten: they are not read again before that. Thread-safe.</summary>
/// <remarks>
/// Only of this process: another reads each once more. Announced anew, a due time is another one here. A commit that was under way when its row was read may still give the row that time:
/// it is seen when the time is read for the last time, before it is forgotten, unless its own signal brings it sooner.
/// </remarks>
sealed class PassedEntries
{
    /// <summary>As many as are done in ten minutes at 800 a second; what is not known here is read again, as if by another process. About 25 MB.</summary>
    public const int Most = 480_000;

    readonly HashSet<(UInt128 Row, long Due, long Announced)> known = [];
    readonly Lock gate = new();

    public bool Has(DueEntry entry)
    {
        lock (gate) return known.Contains(KeyOf(entry));
    }

    public void Add(IEnumerable<DueEntry> entries)
    {
        lock (gate) known.UnionWith(entries.Take(Most - known.Count).Select(KeyOf));
    }

    /// <summary>Drops what was announced before a time: it is to be read once more, and forgotten.</summary>
    public void Drop(DateTimeOffset before)
    {
        lock (gate) known.RemoveWhere(entry => entry.Announced < before.UtcTicks);
    }

    static (UInt128 Row, long Due, long Announced) KeyOf(DueEntry entry) => (entry.Row, entry.Ticks, entry.Announced.UtcTicks);
}
