namespace Interop.Core.Mapping.Checking;

/// <summary>How many translations one search may execute.</summary>
sealed class RunBudget(Trial trial, int most)
{
    int left = most;
    int before = trial.Runs;

    public bool IsSpent => trial.IsSpent || trial.Runs - before >= left;

    /// <summary>Others execute something meanwhile.</summary>
    public void Pause() => left -= trial.Runs - before;

    public void Resume() => before = trial.Runs;
}
