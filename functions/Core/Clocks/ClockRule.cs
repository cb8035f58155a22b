namespace Interop.Core.Clocks;

/// <summary>From when the days count anew once a victim's entitlement changes.</summary>
public enum RetimePolicy
{
    /// <summary>From the trigger: the clock may be overdue at once.</summary>
    FromTrigger,

    /// <summary>From the day of the assessment, though never later than it was due.</summary>
    FromAssessment,
}

/// <summary>One time limit: what starts it, what ends it, and how long it is.</summary>
/// <param name="Id">Unique in its table.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Right">The right of the Victims' Code.</param>
/// <param name="Starts">The kind of update or record that starts it.</param>
/// <param name="Ends">The kind of update that ends it once the victim is told.</param>
/// <param name="StandardDays">Working days; null where it is for enhanced rights only.</param>
/// <param name="EnhancedDays">Working days under enhanced rights.</param>
/// <param name="From">The first day on which it starts clocks.</param>
/// <param name="Until">The last such day, if any.</param>
/// <param name="Retime">What a change of entitlement does.</param>
/// <param name="Source">Where the limit was read.</param>
/// <param name="Verified">Whether it was read in a public source; if not, it must be shown as unverified.</param>
public sealed record ClockRule(
    string Id, string Title, int Right, string Starts, string Ends, int? StandardDays, int EnhancedDays, DateOnly From, DateOnly? Until,
    RetimePolicy Retime, string Source, bool Verified)
{
    /// <summary>The working days under an entitlement; null if the rule does not apply.</summary>
    public int? Days(bool enhanced) => enhanced ? EnhancedDays : StandardDays;
}
