using System.Collections.Frozen;
using System.Globalization;
using Interop.Platform.Held;

namespace Interop.Platform.Portal;

/// <summary>What people read in place of the names that stand in records.</summary>
static class Words
{
    static readonly FrozenDictionary<string, string> Special = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sms"] = "Text message",
        ["email"] = "Email",
        ["urn"] = "URN",
        ["rms"] = "RMS",
        ["occurrence"] = "Crime record",
        ["attendance"] = "Attendance at the scene",
        ["result"] = "Result in court",
        ["hearing"] = "Hearing date",
        ["done"] = "Delivered",
        ["dead"] = "Dead letter",
        ["call"] = "An answer",
        ["event"] = "News",
        ["timer"] = "A time",
        ["retry"] = "The next try",
        ["timeout"] = "No later than",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Tones = new (string Tone, string[] Statuses)[]
    {
        ("good", ["accepted", "completed", "done", "met", "permitted", "delivered"]),
        ("busy", ["received", "pending", "running", "waiting", "due"]),
        ("wary", ["held", "parked", "suspended", "met late", "message", "delivery", "redacted"]),
        ("bad", ["dead", "dead-letter", "failed", "faulted", "breached", "refused"]),
    }.SelectMany(group => group.Statuses.Select(status => (status, group.Tone))).ToFrozenDictionary(pair => pair.status, pair => pair.Tone, StringComparer.Ordinal);

    static readonly FrozenDictionary<HeldKind, string> HeldKinds = new Dictionary<HeldKind, string>
    {
        [HeldKind.Message] = "Held message",
        [HeldKind.Parked] = "Parked message",
        [HeldKind.Delivery] = "Held delivery",
        [HeldKind.DeadLetter] = "Dead letter",
        [HeldKind.Notice] = "Needs a person",
    }.ToFrozenDictionary();

    /// <summary>A kebab-case name as a phrase: "suspect-arrested" is "Suspect arrested".</summary>
    public static string Of(string name) => Special.GetValueOrDefault(name) ?? Sentence(name.Replace('-', ' ').Replace('.', ' '));

    /// <summary>As <see cref="Of(string)"/>, within a sentence.</summary>
    public static string Within(string name) => Of(name) is [var first, var second, .. var rest] && char.IsLower(second) ? $"{char.ToLowerInvariant(first)}{second}{rest}" : Of(name);

    /// <summary>What waits for a person.</summary>
    public static string Of(HeldKind kind) => HeldKinds[kind];

    /// <summary>good, busy, wary, bad or quiet: how a status is coloured. The word always stands beside the colour.</summary>
    public static string Tone(string status) => Tones.GetValueOrDefault(status, "quiet");

    /// <summary>A reference such as "crime 47/1234/26".</summary>
    public static string Reference(string reference) => reference.Split(' ', 2) is [var kind, var value] ? $"{Of(kind)} {value}" : reference;

    /// <summary>What a run waits for, such as "event: case.updated".</summary>
    public static string Waiting(string waiting)
    {
        if (waiting.Split(": ", 2) is not [var kind, var what]) return waiting;
        var text = DateTimeOffset.TryParse(what, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? London.Text(at) : what;
        return $"{Of(kind)}: {text}";
    }

    /// <summary>Such as "12 ms" or "1.3 s".</summary>
    public static string Duration(double milliseconds) => milliseconds switch
    {
        < 1 => "under 1 ms",
        < 1_000 => $"{milliseconds.ToString("F0", CultureInfo.InvariantCulture)} ms",
        _ => $"{(milliseconds / 1_000).ToString("F1", CultureInfo.InvariantCulture)} s",
    };

    /// <summary>Such as "1 problem" or "3 problems".</summary>
    public static string Count(long count, string thing, string? many = null) =>
        $"{(count == 0 ? "No" : count.ToString("N0", CultureInfo.InvariantCulture))} {(count == 1 ? thing : many ?? thing + "s")}";

    static string Sentence(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
