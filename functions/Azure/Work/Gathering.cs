using Interop.Functions.Runs;

namespace Interop.Functions.Work;

/// <summary>What one activity leaves to do for its own run, and the children it started: the orchestration that asked is told by the activity's answer.</summary>
sealed class Gathering(string partition)
{
    readonly Lock gate = new();
    readonly List<RunNews> children = [];
    RunNews news = RunNews.Of(partition);
    bool isClosed;

    /// <summary>Takes news of this run, or of one that this run waits for; false when they are others'.</summary>
    public bool Take(RunNews told, string? parent)
    {
        lock (gate)
        {
            if (isClosed) return false;
            if (told.Partition == partition) news = news with { Due = [.. news.Due, .. told.Due], Dropped = [.. news.Dropped, .. told.Dropped], IsEnd = news.IsEnd || told.IsEnd };
            else if (parent == partition) children.Add(told);
            else return false;
            return true;
        }
    }

    /// <summary>All that was gathered, and more to do.</summary>
    public RunNews Close(DueRow[] more)
    {
        lock (gate)
        {
            isClosed = true;
            return news with { Due = [.. news.Due, .. more], Children = [.. children] };
        }
    }
}
