using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Interop.Platform.Storage.Tables;

/// <summary>One commit as one entity-group transaction, done once however often it must be sent.</summary>
/// <remarks>
/// Each row names the commit that wrote it. When an answer is lost, or a repeated transaction meets a conflict, the rows tell whether the first had been done.
/// What the service refuses for its load (429, 503) was not done and is sent again after a growing delay with jitter.
/// </remarks>
/// <param name="once">Sends the transaction, and repeats nothing by itself.</param>
/// <param name="rows">Reads rows.</param>
/// <param name="bodies">Bodies too large for a row.</param>
/// <param name="due">Due times, announced before the rows that have them.</param>
/// <param name="clock">For delays, and the time a commit may take.</param>
sealed class TableCommits(TableClient once, TableClient rows, TableBodies bodies, TableDueIndex due, TimeProvider clock)
{
    const int MaxTries = 8;
    static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    enum Failure
    {
        Conflict,
        Throttled,
        Unknown,
        Refused,
    }

    /// <summary>Bodies written before this, and named by no row, never will be.</summary>
    public DateTimeOffset OldestWithoutRow() => clock.GetUtcNow() - (2 * TableDueIndex.Grace);

    public async Task<CommitOutcome> Commit(string partition, Change[] changes, CancellationToken cancellation)
    {
        var commit = Guid.CreateVersion7().ToString("N");
        var placed = await bodies.Place(partition, changes, commit, cancellation);
        var begun = clock.GetTimestamp();
        await due.Announce(partition, changes.Where(change => DueOf(change) is not null).Select(change => (change.Key, DueOf(change)!.Value)), cancellation);
        var actions = changes.Select((change, at) => Action(partition, change, placed[at], commit)).ToImmutableArray();
        var outcome = await Send(partition, changes, placed, actions, commit, begun);
        await bodies.Remove(outcome is CommitOutcome.Done ? changes.Select(Replaced) : placed.Select(body => body.Blob));
        return outcome;
    }

    // Once sent it is not cancelled: nobody would know what became of it.
    async Task<CommitOutcome> Send(string partition, Change[] changes, PlacedBody[] placed, ImmutableArray<TableTransactionAction> actions, string commit, long begun)
    {
        var mayBeDone = false;
        for (var tries = 1; ; tries++)
        {
            if (clock.GetElapsedTime(begun) > TableDueIndex.Grace / 2) throw new StoreException($"The commit took longer than {TableDueIndex.Grace / 2}. Read the rows before trying again.");
            try
            {
                var answers = (await once.SubmitTransactionAsync(actions)).Value;
                return new CommitOutcome.Done([.. changes.Select((change, at) => change is Change.Delete ? ETag.None : TableRow.Tag(answers[at].Headers.ETag?.ToString() ?? "", placed[at].Blob))]);
            }
            catch (Exception failure) when (Kind(failure) is var kind && (kind != Failure.Refused || mayBeDone))
            {
                mayBeDone |= kind == Failure.Unknown;
                if (mayBeDone && await Done(partition, changes, commit) is { } done) return done;
                if (kind == Failure.Conflict && Conflict(changes, (TableTransactionFailedException)failure) is { } conflict) return conflict;
                if (kind == Failure.Refused || tries == MaxTries) throw;
            }

            await Task.Delay(Delay(tries), clock);
        }
    }

    // Null if the commit was not done, as far as its rows tell.
    async Task<CommitOutcome.Done?> Done(string partition, Change[] changes, string commit)
    {
        var tags = ImmutableArray.CreateBuilder<ETag>(changes.Length);
        foreach (var change in changes)
        {
            if (change is Change.Delete) tags.Add(ETag.None);
            else if (await rows.GetEntityIfExistsAsync<TableEntity>(partition, change.Key, TableRow.ForCommit) is { HasValue: true, Value: { } row } && TableRow.CommitOf(row) == commit) tags.Add(TableRow.Tag(row.ETag.ToString(), TableRow.BlobOf(row)));
            else return null;
        }

        // Deletions leave nothing that could tell.
        return Array.TrueForAll(changes, change => change is Change.Delete) ? throw new StoreException("The answer to a deletion was lost. Read the rows before trying again.") : new CommitOutcome.Done(tags.MoveToImmutable());
    }

    static TableTransactionAction Action(string partition, Change change, PlacedBody body, string commit)
    {
        var entity = TableRow.Of(partition, change, body, DueOf(change), commit);
        return change switch
        {
            Change.Insert => new(TableTransactionActionType.Add, entity),
            Change.Replace replace => new(TableTransactionActionType.UpdateReplace, entity, TableRow.Split(replace.ETag).Service),
            Change.Upsert => new(TableTransactionActionType.UpsertReplace, entity),
            Change.Delete delete => new(TableTransactionActionType.Delete, new TableEntity(partition, delete.Key), delete.ETag is { } tag ? TableRow.Split(tag).Service : Azure.ETag.All),
            _ => throw new InvalidOperationException($"There is no change {change.GetType().Name}."),
        };
    }

    static DateTimeOffset? DueOf(Change change) => change switch
    {
        Change.Insert insert => insert.Due,
        Change.Replace replace => replace.Due,
        Change.Upsert upsert => upsert.Due,
        _ => null,
    };

    // Of an upsert or a deletion of any version, the sweep finds what it leaves.
    static string? Replaced(Change change) => change switch
    {
        Change.Replace replace => TableRow.Split(replace.ETag).Blob,
        Change.Delete { ETag: { } tag } => TableRow.Split(tag).Blob,
        _ => null,
    };

    static Failure Kind(Exception failure) => failure switch
    {
        TableTransactionFailedException { Status: 404 or 409 or 412, FailedTransactionActionIndex: not null } => Failure.Conflict,
        RequestFailedException { Status: 429 or 503 } => Failure.Throttled,
        RequestFailedException { Status: 0 or 408 or >= 500 } => Failure.Unknown,
        IOException => Failure.Unknown,
        _ when TableFailures.IsTimeout(failure) => Failure.Unknown,
        _ => Failure.Refused,
    };

    // Null where the change itself is not to blame: two transactions met, and one was refused.
    static CommitOutcome.Conflict? Conflict(Change[] changes, TableTransactionFailedException refused) =>
        Reason(refused) is { } reason ? new CommitOutcome.Conflict(changes[refused.FailedTransactionActionIndex!.Value].Key, reason) : null;

    static ConflictReason? Reason(TableTransactionFailedException refused) => refused.Status switch
    {
        404 => ConflictReason.Missing,
        409 when refused.ErrorCode == TableErrorCode.EntityAlreadyExists => ConflictReason.Exists,
        412 => ConflictReason.Changed,
        _ => null,
    };

    static TimeSpan Delay(int tries)
    {
        var most = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, tries - 1), LongestDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
