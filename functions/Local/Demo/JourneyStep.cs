namespace Interop.Local.Demo;

/// <summary>What kind of thing a step of the journey is.</summary>
internal enum StepDirection
{
    /// <summary>A message came in and became a canonical record.</summary>
    In,

    /// <summary>A record went out in a system's own format.</summary>
    Out,

    /// <summary>The workflow, or the sharing of data, decided something.</summary>
    Decision,

    /// <summary>A time limit began, was met or was breached.</summary>
    Clock,
}

/// <summary>One row of the demo.</summary>
/// <param name="At">The simulated time.</param>
/// <param name="Direction">What kind of step it is.</param>
/// <param name="System">The system that spoke or was spoken to, or what decided.</param>
/// <param name="CameIn">What came in, in a few words.</param>
/// <param name="Became">What it became.</param>
/// <param name="WentOut">What went out.</param>
/// <param name="Milliseconds">How long it really took.</param>
internal sealed record JourneyStep(
    DateTimeOffset At, StepDirection Direction, string System, string CameIn, string Became, string WentOut, double Milliseconds);
