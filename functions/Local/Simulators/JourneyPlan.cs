using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Interop.Local.Simulators.Notify;

namespace Interop.Local.Simulators;

/// <summary>An event that records management sends by itself: so many working days after the occurrence was created, then so many calendar days, at a time of day in London.</summary>
internal sealed record RmsStep(string EventType, int WorkingDays, int CalendarDays, TimeOnly At);

/// <summary>What the simulated systems do of their own accord, and when. Days are working days by the simulated clock.</summary>
internal sealed record JourneyPlan
{
    /// <summary>A Monday evening before Easter: the journey crosses Good Friday and Easter Monday.</summary>
    public static DateTimeOffset DefaultStart { get; } = new(2026, 3, 30, 17, 12, 45, TimeSpan.Zero);

    /// <summary>Stands in every reference and message id, so that a further journey in the same store is a new one. 0 to 9,999,999.</summary>
    public int Number { get; init; } = 417;

    /// <summary>Days on which neither police administration nor courts work: England and Wales bank holidays.</summary>
    public ImmutableHashSet<DateOnly> Holidays { get; init; } =
    [
        new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 4), new(2026, 5, 25), new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28),
        new(2027, 1, 1), new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3), new(2027, 5, 31), new(2027, 8, 30), new(2027, 12, 27), new(2027, 12, 28),
    ];

    public ImmutableArray<RmsStep> RmsSteps { get; init; } =
    [
        new("OICA", 1, 0, new TimeOnly(9, 20)),
        new("ARST", 3, 0, new TimeOnly(17, 59)),
        new("BAIL", 3, 1, new TimeOnly(2, 40)),
        new("FSPS", 6, 0, new TimeOnly(15, 30)),
    ];

    /// <summary>Faults that GOV.UK Notify meets with on its next call once the event is under way.</summary>
    public ImmutableDictionary<string, NotifyFault> NotifyFaults { get; init; } = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("ARST", NotifyFault.InternalError),
        KeyValuePair.Create("FSPS", NotifyFault.RateLimit),
    ]);

    /// <summary>The event after which the victim asks for emails instead of text messages; null for never.</summary>
    public string? PreferenceChangesAfter { get; init; } = "ARST";

    /// <summary>Simulated time between that event and the change.</summary>
    public TimeSpan PreferenceWait { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Simulated time between the report and the end of the attendance, after which command and control sends it.</summary>
    public TimeSpan AttendanceTakes { get; init; } = TimeSpan.FromMinutes(92);

    public int DecisionDays { get; init; } = 2;

    public bool Charged { get; init; } = true;

    public int ListingDays { get; init; } = 2;

    public int HearingDays { get; init; } = 10;

    public string VictimTelephone { get; init; } = "+447700900123";

    public string VictimEmail { get; init; } = "victim.one@example.org";

    /// <summary>The reference the public was given for the report.</summary>
    public string ReportReference => $"NSH-1-26-{Number / 1000:0000}-{Number % 1000:000}";

    /// <summary>The log number in command and control of a report made at a time.</summary>
    public string LogNumber(DateTimeOffset reportedAt) => $"NS-{Timestamps.InLondon(reportedAt, "yyyyMMdd")}-{Number:0000}";

    /// <summary>The working days that the plan goes by.</summary>
    public WorkingDays Days => new(Holidays);

    /// <summary>A UUID that belongs to this journey and a name; the same each time.</summary>
    public string Uuid(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{Number}/{name}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
