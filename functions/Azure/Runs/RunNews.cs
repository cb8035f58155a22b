namespace Interop.Functions.Runs;

/// <summary>Why a row is told of.</summary>
enum DueCause
{
    /// <summary>Something happened to it: it was committed as due, or somebody asks for it.</summary>
    News,

    /// <summary>It was tried, and is to be tried again after a rest.</summary>
    Rest,

    /// <summary>The sweep found it still due. It may rest, and whoever lets it rest tries it again.</summary>
    Sweep,
}

/// <summary>A row that is due: its address and nothing of its contents, so that none of them stands in an orchestration's history or on the bus.</summary>
/// <param name="Partition">The row's partition.</param>
/// <param name="Key">The row's key.</param>
/// <param name="At">When it is due by the wall clock, in UTC.</param>
/// <param name="Trace">The W3C trace context of what made it due; null when nothing was traced.</param>
/// <param name="Cause">Why it is told of.</param>
sealed record DueRow(string Partition, string Key, DateTime At, string? Trace, DueCause Cause = DueCause.News);

/// <summary>What there is to do in a partition. To an orchestration: what its run asks for now.</summary>
/// <param name="Partition">The partition; a run's is also the id of its orchestration.</param>
/// <param name="Due">Rows to perform.</param>
/// <param name="Dropped">Keys of rows that are due no more.</param>
/// <param name="Children">Runs that this one started and waits for.</param>
/// <param name="IsEnd">The run has ended: after the rows that are due, nothing more will come of it.</param>
sealed record RunNews(string Partition, DueRow[] Due, string[] Dropped, RunNews[] Children, bool IsEnd)
{
    public static RunNews Of(string partition, params DueRow[] due) => new(partition, due, [], [], IsEnd: false);
}
