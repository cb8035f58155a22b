namespace Interop.Functions.Work;

/// <summary>What is said of that which failed again and again and is put aside.</summary>
static class TooOften
{
    /// <summary>The reason that the bus keeps with a dead letter.</summary>
    public const string Reason = "failed-too-often";

    /// <summary>The reason that a person reads. The exception's text may quote data, so its type alone is told.</summary>
    public static string Told(int tries, Exception failed) => $"It failed {tries} times, the last time with {failed.GetType().Name}. Mend the cause and take it again.";
}
