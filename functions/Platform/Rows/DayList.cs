using System.Collections.Concurrent;
using System.Collections.Immutable;
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

/// <summary>Rows of a day's partition.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Rows">The rows; none of them conflicts.</param>
sealed record DayRows(DateOnly Day, ImmutableArray<Change.Upsert> Rows);

/// <summary>Ids by time, newest first: a partition for each UTC day of an organisation, and one that names the days.</summary>
/// <param name="store">The store.</param>
/// <param name="name">The name of the partitions; lists of one name share them.</param>
/// <param name="part">Before the keys of this list's rows, where it shares the partitions; else empty.</param>
sealed class DayList(IStore store, string name, string part = "")
{
    const int MostDays = 36_600;

    // The days this process has named already; naming one again changes nothing.
    readonly ConcurrentDictionary<(OrganisationId Organisation, DateOnly Day), bool> named = new();

    public async Task Add(OrganisationId organisation, Listed item, CancellationToken cancellation)
    {
        var (day, row) = (DayOf(item), Row(item, default));
        if (!named.ContainsKey((organisation, day)))
        {
            await store.Commit(Days(organisation), [new Change.Upsert(Newest.Day(day), default)], cancellation);
            named.TryAdd((organisation, day), true);
        }

        await store.Commit(Partition(organisation, day), [row], cancellation);
    }

    /// <summary>The row that lists an item, for who commits it with others of its day.</summary>
    public Change.Upsert Row(Listed item, ReadOnlyMemory<byte> body) => new(Key(Newest.First(item.At), item.Id), body);

    /// <summary>The day in whose partition it is listed.</summary>
    public static DateOnly DayOf(Listed item) => DateOnly.FromDateTime(item.At.UtcDateTime);

    /// <summary>The row of an item; null when it is not listed.</summary>
    public ValueTask<Row?> Find(OrganisationId organisation, Listed item, CancellationToken cancellation) => store.Read(Partition(organisation, DayOf(item)), Row(item, default).Key, cancellation);

    /// <summary>What is listed from <paramref name="from"/> on, before <paramref name="before"/>, and after <paramref name="after"/> in the list; newest first.</summary>
    public async IAsyncEnumerable<Listed> Read(OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? before, Listed? after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var latest = Earlier(before?.AddTicks(-1), after?.At);
        foreach (var day in await DaysOf(organisation, from, latest, cancellation))
        {
            var begins = after is { } last && last.At == latest ? Key(Newest.First(last.At), last.Id) : latest is { } newest ? Key(Newest.First(newest)) : Key("");
            var ends = Past(from is { } oldest ? Key(Newest.First(oldest)) : Key(""));
            await foreach (var row in store.Range(Partition(organisation, day), begins, ends, limit + 1, cancellation))
            {
                var parts = RowKey.Split(row.Key);
                var item = new Listed(Newest.At(parts[^2]), parts[^1]);
                if (item == after) continue;
                if (--limit < 0) yield break;
                yield return item;
            }
        }
    }

    async Task<IEnumerable<DateOnly>> DaysOf(OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? latest, CancellationToken cancellation)
    {
        var days = new List<DateOnly>();
        var (begins, ends) = (from is { } oldest ? Newest.Day(oldest) : "", latest is { } newest ? Past(Newest.Day(newest)) : null);
        await foreach (var row in store.Range(Days(organisation), begins, ends, MostDays, cancellation)) days.Add(Newest.Day(row.Key));
        return days.AsEnumerable().Reverse();
    }

    static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    // Sorts after every key that begins with the part.
    static string Past(string part) => part + "~";

    // An empty part stands for all of the list.
    string Key(params string[] parts) => part.Length > 0 ? RowKey.Of([part, .. parts]) : parts[0].Length > 0 ? RowKey.Of(parts) : "";

    string Days(OrganisationId organisation) => PartitionKey.Of(organisation.Value, $"{name}-days");

    string Partition(OrganisationId organisation, DateOnly day) => PartitionKey.Of(organisation.Value, name, Newest.Day(day));
}
