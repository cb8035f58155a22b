using System.Collections.Frozen;
using System.Globalization;
using Interop.Core.Audit;
using Interop.Platform.Reading;
using Interop.Platform.Rows;
using Interop.Platform.Runs;

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
        ["retry"] = "The next attempt",
        ["timeout"] = "No later than",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Tones = new (string Tone, string[] Statuses)[]
    {
        ("good", ["accepted", "completed", "done", "met", "permitted", "delivered"]),
        ("busy", ["received", "pending", "running", "waiting", "due"]),
        ("wary", ["held", "parked", "suspended", "met late", "message", "delivery", "notice", "redacted", "in-doubt"]),
        ("bad", ["dead", "dead-letter", "work", "failed", "faulted", "breached", "refused"]),
    }.SelectMany(group => group.Statuses.Select(status => (status, group.Tone))).ToFrozenDictionary(pair => pair.status, pair => pair.Tone, StringComparer.Ordinal);

    static readonly FrozenDictionary<AuditOperation, (string Clause, string Tone)> Operations = new Dictionary<AuditOperation, (string, string)>
    {
        [AuditOperation.Collection] = ("s.62(1)(a)", "plain"),
        [AuditOperation.Alteration] = ("s.62(1)(b)", "wary"),
        [AuditOperation.Consultation] = ("s.62(1)(c)", "plain"),
        [AuditOperation.Disclosure] = ("s.62(1)(d)", "busy"),
        [AuditOperation.Combination] = ("s.62(1)(e)", "wary"),
        [AuditOperation.Erasure] = ("s.62(1)(f)", "bad"),
        [AuditOperation.RefusedAccess] = ("not of s.62", "bad"),
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, string> Dones = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["resubmitted"] = "It was taken again, and is being worked on.",
        ["operated"] = "It was done, and the reason is kept with the run.",
        ["dropped"] = "It is not sent again, and who decided that and why is kept with the run.",
        ["closed"] = "The notice was closed, and who saw to it is kept with the run.",
        ["erased"] = "The contents were erased, and the audit log says by whom and why.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Rules = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["required"] = "something is missing",
        ["type"] = "a value is of the wrong kind",
        ["max-length"] = "a text is too long",
        ["min-length"] = "a text is too short",
        ["max-items"] = "a list is too long",
        ["min-items"] = "a list is too short",
        ["maximum"] = "a number is too large",
        ["minimum"] = "a number is too small",
        ["pattern"] = "a text does not have the form it must have",
        ["format"] = "a text does not have the form it must have",
        ["enum"] = "a value is not one of those allowed",
        ["const"] = "a value is not the one allowed",
        ["date"] = "a date is wrong",
        ["date-time"] = "a date or time is wrong",
        ["ambiguous"] = "a time comes twice, as the clocks change",
        ["does-not-exist"] = "a time does not exist, as the clocks change",
        ["unknown-code"] = "a code is not known",
        ["unknown-value"] = "a value is not known",
        ["marking"] = "the protective marking is wrong",
        ["too-long"] = "a value is too long",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Why something is held: "1 problem: max-length" is "1 problem: a text is too long". Other sentences stay.</summary>
    public static string Why(string reason) => reason.Split(": ", 2) is [var count, var rules] && (count.EndsWith(" problem", StringComparison.Ordinal) || count.EndsWith(" problems", StringComparison.Ordinal))
        ? $"{count}: {string.Join(", ", rules.Split(", ").Select(rule => Rules.GetValueOrDefault(rule) ?? Within(rule)).Distinct())}"
        : London.Within(reason);

    /// <summary>A kebab-case name as a phrase: "suspect-arrested" is "Suspect arrested".</summary>
    public static string Of(string name) => Special.GetValueOrDefault(name) ?? Sentence(name.Replace('-', ' ').Replace('.', ' '));

    /// <summary>As <see cref="Of(string)"/>, within a sentence.</summary>
    public static string Within(string name) => Of(name) is [var first, var second, .. var rest] && char.IsLower(second) ? $"{char.ToLowerInvariant(first)}{second}{rest}" : Of(name);

    /// <summary>What a person can ask of a run in a state.</summary>
    public static IReadOnlyList<string> OperationsOf(string status) => status switch
    {
        "faulted" => ["retry", "rerun"],
        "completed" or "cancelled" => ["rerun"],
        "suspended" => ["resume", "cancel", "rerun"],
        _ => ["suspend", "cancel", "rerun"],
    };

    /// <summary>What an operation on a run does.</summary>
    public static string Operation(string operation) => operation switch
    {
        "suspend" => "Suspend: it waits until it is resumed",
        "resume" => "Resume",
        "cancel" => "Cancel: it ends for good",
        "retry" => "Retry: it goes on at the task that failed",
        "rerun" => "Rerun: a new run takes its place",
        _ => Of(operation),
    };

    /// <summary>What kind of thing waits for a person.</summary>
    public static string Kind(HeldView item) => item.Kind switch
    {
        "delivery" => "Held delivery",
        "dead-letter" => "Dead letter",
        "in-doubt" => "Delivery in doubt",
        "notice" => "Needs a person",
        "work" => "Failed work",
        var kind => $"{Of(kind == "message" ? "held" : kind)} message",
    };

    /// <summary>An operation with the clause that asks for its logging.</summary>
    public static string Operation(AuditOperation operation) => $"{Of(Kebab.Of(operation))}, {Operations[operation].Clause}";

    /// <summary>How an operation is coloured.</summary>
    public static string Tone(AuditOperation operation) => Operations[operation].Tone;

    /// <summary>What an address says was just done; null when it says nothing known.</summary>
    public static string? Done(string? done) => done is null ? null : Dones.GetValueOrDefault(done);

    /// <summary>Such as "integrator, approver or administrator".</summary>
    public static string Either(IReadOnlyList<string> roles) => roles.Count == 1 ? roles[0] : $"{string.Join(", ", roles.SkipLast(1))} or {roles[^1]}";

    /// <summary>good, busy, wary, bad or plain: how a status is coloured. The word always stands beside the colour.</summary>
    public static string Tone(string status) => Tones.GetValueOrDefault(status, "plain");

    /// <summary>A reference such as "crime 47/1234/26".</summary>
    public static string Reference(string reference) => reference.Split(' ', 2) is [var kind, var value] ? $"{Of(kind)} {value}" : reference;

    /// <summary>The reference by which people know an incident best; the crime's, once there is one.</summary>
    public static string MainReference(IReadOnlyCollection<string> references) => InOrder(references).FirstOrDefault() ?? "no reference yet";

    /// <summary>The references that <see cref="MainReference"/> leaves out.</summary>
    public static IEnumerable<string> OtherReferences(IReadOnlyCollection<string> references) => InOrder(references).Skip(1);

    static IEnumerable<string> InOrder(IEnumerable<string> references) =>
        references.OrderBy(reference => ListReader.Kinds.IndexOf(reference.Split(' ', 2)[0]) is >= 0 and var place ? place : int.MaxValue).Select(Reference);

    /// <summary>What a system answered to an attempt.</summary>
    public static string Answer(DeliveryAttempt attempt) => attempt.Status == 0 ? Of(attempt.Outcome) : attempt.Outcome;

    /// <summary>What comes after the last attempt of a delivery.</summary>
    public static string AfterLastTry(TimelineEntry delivery) => delivery switch
    {
        { NextTrySeconds: { } seconds } => $"{Relative.Span(TimeSpan.FromSeconds(seconds))} after this one",
        { Status: "pending" } => "at once",
        { Status: "done" } => "none, it was delivered",
        { Status: "dead" } => "none, it was given up",
        { Status: "held" } => "when it is let go again",
        { Status: "in-doubt" } => "when it is sent again",
        _ => "none",
    };

    /// <summary>A sharing decision, such as "permitted (agreement version 1 clause 4.1)".</summary>
    public static string Decision(string decision) => decision.EndsWith("(no agreement)", StringComparison.Ordinal) ? decision[..^"(no agreement)".Length].TrimEnd() : decision;

    /// <summary>What somebody can do about a held thing.</summary>
    public static string Remedy(HeldView item) => item switch
    {
        { Kind: "message" } => "Correct what its problems name, and take it again.",
        { Kind: "parked" } => "Nothing: it goes on when its incident is known. If a reference is mistyped, correct it.",
        { Kind: "delivery", IsRefused: true } => "Agree on the disclosure, or leave it. Then let it go again: the rules decide anew.",
        { Kind: "work" } => "Tell whoever runs the platform. When the fault is mended, let it go again.",
        { Kind: "in-doubt" } => "Find out whether it arrived. If it did not, send it again; if it did, or is no longer needed, drop it and say why, naming no person.",
        { Kind: "notice" } => "See to it, then close the notice.",
        { Kind: "delivery" } => "Mend the definition or the record that the reason names. Then let it go again.",
        _ => "When the system can take it, let it go again. It carries the same key as before, so nothing is done twice.",
    };

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
