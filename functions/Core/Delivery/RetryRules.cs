using System.Globalization;

namespace Interop.Core.Delivery;

/// <summary>What a system says when it is asked for what may have got through.</summary>
public enum SystemSays
{
    /// <summary>It has it.</summary>
    HasIt,

    /// <summary>It does not have it, or not any more.</summary>
    HasItNot,

    /// <summary>No answer, or one that tells nothing.</summary>
    Nothing,
}

/// <summary>What becomes of a delivery after its system was asked.</summary>
public enum RetryDecision
{
    /// <summary>An earlier attempt got through.</summary>
    Arrived,

    /// <summary>No earlier attempt did.</summary>
    SendAgain,

    /// <summary>To send in doubt could send twice.</summary>
    AskAgain,

    /// <summary>The system may have had it and forgotten it: a person decides.</summary>
    Hold,
}

/// <summary>Decides what becomes of a delivery that may have got through, by what its system says and how long it remembers.</summary>
public static class RetryRules
{
    /// <summary>The decision.</summary>
    /// <param name="says">What the system answered.</param>
    /// <param name="doubt">What is not known.</param>
    /// <param name="remembers">How long the system tells of what it took; null for ever.</param>
    /// <param name="now">When it had answered, in business time.</param>
    public static RetryDecision Decide(SystemSays says, Doubt doubt, TimeSpan? remembers, DateTimeOffset now) => (says, doubt.IsUnderWay, HasForgotten: now - doubt.Since >= remembers) switch
    {
        (SystemSays.HasIt, _, _) => RetryDecision.Arrived,
        (SystemSays.Nothing, _, _) => RetryDecision.AskAgain,
        (SystemSays.HasItNot, true, _) => RetryDecision.AskAgain,
        (SystemSays.HasItNot, false, true) => RetryDecision.Hold,
        (SystemSays.HasItNot, false, false) => RetryDecision.SendAgain,
        _ => throw new ArgumentOutOfRangeException(nameof(says), says, "A system says nothing like that."),
    };

    /// <summary>Why it is held, without personal data.</summary>
    public static string Reason(string system, DateTimeOffset since, TimeSpan remembers) => string.Create(
        CultureInfo.InvariantCulture,
        $"It may have got through: it was sent to {system} at {since:u}, and how that ended is not known. {system} does not have it now, but tells of what it took for {Text(remembers)} only. Sent again, it might come twice.");

    static string Text(TimeSpan time) => time switch
    {
        { Days: 1, Ticks: TimeSpan.TicksPerDay } => "1 day",
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => string.Create(CultureInfo.InvariantCulture, $"{time.Days} days"),
        { Ticks: TimeSpan.TicksPerHour } => "1 hour",
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours} hours"),
        _ => System.Xml.XmlConvert.ToString(time),
    };
}
