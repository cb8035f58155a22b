using System.Collections.Immutable;

namespace Interop.Platform.Storage;

/// <summary>Why a change did not fit the row as it is.</summary>
public enum ConflictReason
{
    /// <summary>The row to insert is there already.</summary>
    Exists,

    /// <summary>The row is there in another version than the one named.</summary>
    Changed,

    /// <summary>The row to replace or delete is not there.</summary>
    Missing,
}

/// <summary>How a commit ended. A closed union; a conflict is a value, never an exception.</summary>
public abstract record CommitOutcome
{
    CommitOutcome()
    {
    }

    /// <summary>All changes are durable.</summary>
    /// <param name="ETags">The new version for each change, in their order; <see cref="ETag.None"/> for a deletion.</param>
    public sealed record Done(ImmutableArray<ETag> ETags) : CommitOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Key">The row of the first change, in their order, that did not fit.</param>
    /// <param name="Reason">Why it did not.</param>
    public sealed record Conflict(string Key, ConflictReason Reason) : CommitOutcome;
}
