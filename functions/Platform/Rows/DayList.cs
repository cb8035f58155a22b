using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Interop.Core.Messages;
using Interop.Platform.Storage;

namespace Interop.Platform.Rows;

/// <summary>A place in a list: what stands there, and since when.</summary>
public readonly record struct Listed(DateTimeOffset At, string Id)
{
    /// <summary>The place as it stands in an address; it holds no more than a time and an id.</summary>
    public string Cursor => $"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)}.{Id}";

    /// <summary>Reads what <see cref="Cursor"/> wrote; null when it is something else.</summary>
    public static Listed? Parse(string? cursor) =>
        cursor?.Split('.', 2) is [var ticks, { Length: > 0 and <= 200 } id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= DateTime.MaxValue.Ticks
            ? new Listed(new DateTimeOffset(number, TimeSpan.Zero), id)
            : null;
}

/// <summary>Ids by time, newest first: a partition for each UTC day of an organisation, and one that names the days.</summary>
sealed class DayList(IStore store, string name)
{
    const int MostDays = 36_600;

    // The days this process has named already; naming one again changes nothing.
    readonly ConcurrentDictionary<(OrganisationId Organisation, string Day), bool> named = new();

    public async Task Add(OrganisationId organisation, Listed item, CancellationToken cancellation)
    {
        var day = Newest.Day(item.At);
        if (!named.ContainsKey((organisation, day)))
        {
            await store.Commit(Days(organisation), [new Change.Upsert(Key(StartOf(item.At)), default)], cancellation);
            named.TryAdd((organisation, day), true);
        }

        await store.Commit(Partition(organisation, day), [new Change.Upsert(RowKey.Of(Newest.First(item.At), item.Id), default)], cancellation);
    }

    /// <summary>What is listed from <paramref name="from"/> on, before <paramref name="before"/>, and after <paramref name="after"/> in the list; newest first.</summary>
    public async IAsyncEnumerable<Listed> Read(OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? before, Listed? after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var latest = Earlier(before?.AddTicks(-1), after?.At);
        await foreach (var day in DaysOf(organisation, from, latest, cancellation))
        {
            var begins = after is { } last && last.At == latest ? RowKey.Of(Newest.First(last.At), last.Id) : latest is { } newest ? Newest.First(newest) : "";
            var ends = from is { } oldest ? Past(Newest.First(oldest)) : null;
            await foreach (var row in store.Range(Partition(organisation, day), begins, ends, limit + 1, cancellation))
            {
                var parts = RowKey.Split(row.Key);
                var item = new Listed(Newest.At(parts[0]), parts[1]);
                if (item == after) continue;
                if (--limit < 0) yield break;
                yield return item;
            }
        }
    }

    async IAsyncEnumerable<string> DaysOf(OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? latest, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var begins = latest is { } newest ? Key(StartOf(newest)) : "";
        var ends = from is { } oldest ? Past(Key(StartOf(oldest))) : null;
        await foreach (var row in store.Range(Days(organisation), begins, ends, MostDays, cancellation)) yield return Newest.Day(Newest.At(row.Key));
    }

    static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    static DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    // Sorts after every key that begins with the part.
    static string Past(string part) => part + "~";

    static string Key(DateTimeOffset day) => Newest.First(day);

    string Days(OrganisationId organisation) => PartitionKey.Of(organisation.Value, $"{name}-days");

    string Partition(OrganisationId organisation, string day) => PartitionKey.Of(organisation.Value, name, day);
}
