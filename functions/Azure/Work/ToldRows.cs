using Interop.Platform.Work;

namespace Interop.Functions.Work;

/// <summary>Which due rows sweeps told of, and when each is to be told of again: after twice the time, at most <see cref="Longest"/>. What waits, such as a delivery between its rounds, draws few signals; one that was lost is made good all the same.</summary>
/// <remarks>Only of this process: another tells of each anew. A row that becomes due at another time is another one here. Thread-safe.</remarks>
sealed class ToldRows
{
    /// <summary>No row that stays due waits longer for its next signal.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    /// <summary>As many are known, some 15 MB; what is not is told of by each sweep.</summary>
    public const int Most = 50_000;

    // The time between sweeps; less what one may begin early.
    static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Early = TimeSpan.FromSeconds(15);

    readonly Dictionary<(string Partition, string Key, long Due), (DateTimeOffset Again, TimeSpan Wait)> known = [];
    readonly HashSet<(string Partition, string Key, long Due)> seen = [];
    readonly Lock gate = new();

    public int Count
    {
        get
        {
            lock (gate) return known.Count;
        }
    }

    /// <summary>Whether a row that a sweep found is to be told of now; then it is noted as told.</summary>
    public bool Tell(WorkItem item, DateTimeOffset due, DateTimeOffset now)
    {
        var row = (item.Partition, item.Key, due.UtcTicks);
        lock (gate)
        {
            seen.Add(row);
            var isKnown = known.TryGetValue(row, out var told);
            if (isKnown && now < told.Again) return false;
            var wait = !isKnown ? First : told.Wait * 2 < Longest ? told.Wait * 2 : Longest;
            if (isKnown || known.Count < Most) known[row] = (now + wait - Early, wait);
            return true;
        }
    }

    /// <summary>A sweep has ended: what it no longer found is forgotten, unless it did not look at all of them.</summary>
    public void Swept(bool isWhole)
    {
        lock (gate)
        {
            foreach (var gone in isWhole ? known.Keys.Where(row => !seen.Contains(row)).ToArray() : []) known.Remove(gone);
            seen.Clear();
        }
    }
}
