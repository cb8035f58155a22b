using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Subjects;

namespace Interop.Platform.Reading;

/// <summary>What is wanted of a list.</summary>
/// <param name="From">Nothing earlier; null for no limit.</param>
/// <param name="Before">Nothing as late as this; null for no limit.</param>
/// <param name="State">The status wanted; null for all.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record ListFilter(DateTimeOffset? From = null, DateTimeOffset? Before = null, string? State = null, Listed? After = null);

/// <summary>A page of a list, newest first.</summary>
/// <param name="Lines">What fits the filter.</param>
/// <param name="Next">Where the next page begins; null at the end of the list.</param>
sealed record ListPage<T>(ImmutableArray<T> Lines, Listed? Next);

/// <summary>Lists of runs and messages, and the search by reference.</summary>
sealed class ListReader(RunList runs, MessageStore messages, SubjectStore subjects, ReferenceIndex references)
{
    /// <summary>The lines of one page.</summary>
    public const int PageLength = 50;

    // A rare status is looked for this far in one request; the next page goes on from there.
    const int MostLooked = 2_000;

    /// <summary>The kinds of reference by which people look for a run; a notification's is the platform's own.</summary>
    internal static readonly ImmutableArray<string> Kinds =
    [
        "crime", "occurrence", "command-and-control", "online-report", "urn", "prosecution-case", "custody-record", "contact", "property", "eligibility-check",
        "alert", "patient-safety-event", "partner-incident", "published-crime",
    ];

    public async Task<ListPage<RunLine>> Runs(InteropUser user, ListFilter filter, CancellationToken cancellation)
    {
        var page = await Page(runs.Newest(user.Organisation, filter.From, filter.Before, filter.After, MostLooked + 1, cancellation), run => filter.State is null || run.Status == filter.State);
        var lines = ImmutableArray.CreateBuilder<RunLine>();
        foreach (var run in page.Lines) lines.Add(await Line(user, run, cancellation));
        return new ListPage<RunLine>(lines.ToImmutable(), page.Next);
    }

    public async Task<ListPage<MessageLine>> Messages(InteropUser user, ListFilter filter, CancellationToken cancellation)
    {
        var page = await Page(messages.Newest(user.Organisation, filter.From, filter.Before, filter.After, MostLooked + 1, cancellation), message => filter.State is null || Kebab.Of(message.Status) == filter.State);
        return new ListPage<MessageLine>([.. page.Lines.Select(Line)], page.Next);
    }

    /// <summary>The runs about the incident that a reference names, whatever kind of reference it is.</summary>
    public async Task<ImmutableArray<RunLine>> RunsByReference(InteropUser user, string text, CancellationToken cancellation)
    {
        string[] spellings = [text.Trim(), text.Trim().ToUpperInvariant()];
        ImmutableArray<Reference> possible = [.. Kinds.SelectMany(kind => spellings.Distinct(StringComparer.Ordinal).Select(value => new Reference(kind, value)))];
        var lines = ImmutableArray.CreateBuilder<RunLine>();
        foreach (var subject in await references.Find(user.Organisation, possible, cancellation))
        {
            foreach (var about in await subjects.Runs(user.Organisation, subject, cancellation))
            {
                if (await runs.Find(user.Organisation, new RunId(about.Run), cancellation) is { } run) lines.Add(await Line(user, run, cancellation));
            }
        }

        return lines.ToImmutable();
    }

    static async Task<ListPage<T>> Page<T>(IAsyncEnumerable<(Listed Place, T Item)> all, Func<T, bool> wanted)
    {
        var lines = ImmutableArray.CreateBuilder<T>();
        Listed? last = null;
        var looked = 0;
        await foreach (var (place, item) in all)
        {
            var fits = wanted(item);
            if (++looked > MostLooked || (fits && lines.Count == PageLength)) return new ListPage<T>(lines.ToImmutable(), last);
            if (fits) lines.Add(item);
            last = place;
        }

        return new ListPage<T>(lines.ToImmutable(), null);
    }

    async Task<RunLine> Line(InteropUser user, RunRecord run, CancellationToken cancellation)
    {
        var known = await subjects.Find(user.Organisation, new SubjectId(run.Subject), cancellation);
        return new RunLine(run.Id, $"{run.Workflow} {run.Version}", run.Status, run.StartedAt, run.UpdatedAt, known is null ? [] : RunReader.ReferencesOf(known.Record));
    }

    internal static MessageLine Line(MessageRecord message) =>
        new(message.Id, message.System, message.Type, message.ReceivedAt, Kebab.Of(message.Status), message.Subject, message.Problems.Length);
}
