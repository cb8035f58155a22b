using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Storage;

namespace Interop.Platform.Audit;

/// <summary>Where the rows of an audit log stand: a partition a day with its head, lines and causes, and what is listed with them; the list of days; and the anchor that names the newest day.</summary>
static class AuditRows
{
    /// <summary>Lists that are written with audit lines stand in the same partitions.</summary>
    public const string PartitionPart = "audit";

    public const string HeadKey = "head";
    public const int MostDays = 36_600;
    public const int MostEntriesADay = 10_000_000;

    const string EntryPart = "entry";
    const string CausePart = "cause";

    /// <summary>The prefix of the keys of lines.</summary>
    public static string Entries { get; } = RowKey.Of(EntryPart, "");

    /// <summary>After the keys of lines.</summary>
    public static string EntriesEnd { get; } = EntryPart + '}';

    /// <summary>The prefix of the keys of causes.</summary>
    public static string Causes { get; } = RowKey.Of(CausePart, "");

    public static string Days(OrganisationId organisation) => PartitionKey.Of(organisation.Value, $"{PartitionPart}-days");

    public static string Anchor(OrganisationId organisation) => PartitionKey.Of(organisation.Value, $"{PartitionPart}-anchor");

    public static string Day(OrganisationId organisation, DateOnly day) => PartitionKey.Of(organisation.Value, PartitionPart, Text(day));

    public static string EntryKey(long sequence) => RowKey.Of(EntryPart, sequence.ToString("D12", CultureInfo.InvariantCulture));

    public static string CauseKey(AuditData data) => RowKey.Of(CausePart, data.Operation.ToString(), data.Cause);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async ValueTask<byte[]> Key(this ISecretStore secrets, OrganisationId organisation, CancellationToken cancellation) =>
        Encoding.UTF8.GetBytes(await secrets.Read(SecretNames.Audit(organisation), cancellation) ?? "");

    /// <summary>The days that have lines, oldest first.</summary>
    public static async Task<ImmutableArray<DateOnly>> DaysOf(this IStore store, OrganisationId organisation, CancellationToken cancellation)
    {
        var days = ImmutableArray.CreateBuilder<DateOnly>();
        await foreach (var row in store.Range(Days(organisation), "", null, MostDays, cancellation))
            if (DateOnly.TryParseExact(row.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) days.Add(day);
        return days.ToImmutable();
    }

    /// <summary>A line; one that can no longer be read is given as an empty line of that number, which no hash fits.</summary>
    public static AuditEntry Entry(OrganisationId organisation, DateOnly day, Row row)
    {
        var parsed = JsonValue.Parse(row.Body.Span, JsonLimits.Stored).Then(AuditEntry.FromJson);
        if (parsed.Succeeded) return parsed.Value;
        _ = long.TryParse(RowKey.Split(row.Key)[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
        return new AuditEntry(sequence, organisation, day, new AuditData(default, default, new AuditActor(AuditActorKind.Unknown, ""), null, [], null, null, ""), "", "");
    }

    /// <summary>A head; null when it cannot be read.</summary>
    public static SealedHead? Head(Row row) => JsonValue.Parse(row.Body.Span, JsonLimits.Stored).Then(SealedHead.FromJson) is { Succeeded: true } head ? head.Value : null;
}
