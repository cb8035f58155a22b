using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Identity;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Reading;

/// <summary>What is wanted of the audit log.</summary>
/// <param name="Day">A day of the log (UTC); null for all.</param>
/// <param name="Operation">The operation wanted; null for all.</param>
/// <param name="About">The id of a message, run, incident or delivery; null for all.</param>
/// <param name="Page">From 1.</param>
public sealed record AuditFilter(DateOnly? Day = null, AuditOperation? Operation = null, string? About = null, int Page = 1);

/// <summary>A page of the audit log, newest line first.</summary>
/// <param name="Lines">The lines that fit.</param>
/// <param name="Found">How many lines fit in all.</param>
/// <param name="Earlier">The next earlier day that has lines; the newest when all days are shown.</param>
/// <param name="Later">The next later day that has lines.</param>
/// <param name="IsCut">Whether older lines were left unread.</param>
/// <param name="Chain">The last verification; null when there was none.</param>
public sealed record AuditPageView(ImmutableArray<AuditEntry> Lines, int Found, DateOnly? Earlier, DateOnly? Later, bool IsCut, ChainState? Chain);

/// <summary>What a verification found, and when it was made.</summary>
public sealed record ChainState(AuditVerification Verification, DateTimeOffset At);

/// <summary>The audit log for those who may read it: who did what to which record.</summary>
sealed class AuditReader(AuditLog log, AuditVerifier verifier, IStore store, TimeProvider clock)
{
    /// <summary>The lines of one page.</summary>
    public const int PageLength = 100;

    /// <summary>The most lines read for one page or answer.</summary>
    public const int MostLines = 10_000;

    // A log this short is verified whenever it is looked at, though not twice within a minute; a longer one when somebody asks.
    const int ShortLog = 20_000;
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<OrganisationId, (ChainState State, long Made)> verified = new();

    public async Task<AuditPageView> Page(InteropUser user, AuditFilter filter, CancellationToken cancellation)
    {
        var days = await store.DaysOf(user.Organisation, cancellation);
        ImmutableArray<DateOnly> wanted = filter.Day is { } day ? [day] : [.. days.Reverse()];
        var lines = new List<AuditEntry>();
        var read = 0;
        foreach (var of in wanted)
        {
            if (read >= MostLines) break;
            var entries = await log.OfDay(user.Organisation, of, MostLines - read, cancellation);
            read += entries.Length;
            lines.AddRange(entries.Reverse().Where(entry => Fits(entry, filter)));
        }

        ImmutableArray<AuditEntry> page = [.. lines.Skip((filter.Page - 1) * PageLength).Take(PageLength)];
        return new AuditPageView(
            page, lines.Count, Nearest(days.Reverse(), known => filter.Day is null || known < filter.Day), Nearest(days, known => known > filter.Day), read >= MostLines, await Chain(user, days, cancellation));
    }

    /// <summary>The lines of a day, oldest first, at most <see cref="MostLines"/>.</summary>
    public Task<ImmutableArray<AuditEntry>> OfDay(InteropUser user, DateOnly day, CancellationToken cancellation) => log.OfDay(user.Organisation, day, MostLines, cancellation);

    /// <summary>Verifies the whole log.</summary>
    public async Task<AuditVerification> Verify(InteropUser user, CancellationToken cancellation)
    {
        var verdict = await verifier.Verify(user.Organisation, null, cancellation);
        var verification = new AuditVerification(verdict.Lines, verdict.Head, [.. verdict.Findings.Select(found => new AuditFindingView(found.Day, Kebab.Of(found.Finding.Kind), found.Finding.Index, found.Finding.Message))]);
        verified[user.Organisation] = (new ChainState(verification, clock.GetUtcNow()), Stopwatch.GetTimestamp());
        return verification;
    }

    async Task<ChainState?> Chain(InteropUser user, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var known = verified.TryGetValue(user.Organisation, out var made) ? made.State : null;
        if (days.IsEmpty || (known is not null && Stopwatch.GetElapsedTime(made.Made) < Fresh)) return known;
        var newest = await log.OfDay(user.Organisation, days[^1], MostLines, cancellation);
        if (newest.Length == MostLines || (newest.LastOrDefault()?.Sequence ?? 0) > ShortLog) return known;
        await Verify(user, cancellation);
        return verified[user.Organisation].State;
    }

    static bool Fits(AuditEntry entry, AuditFilter filter) =>
        (filter.Operation is null || entry.Data.Operation == filter.Operation) && (filter.About is null || entry.Data.What.Contains(filter.About, StringComparer.Ordinal));

    static DateOnly? Nearest(IEnumerable<DateOnly> days, Func<DateOnly, bool> wanted) => days.Where(wanted).Select(day => (DateOnly?)day).FirstOrDefault();
}
