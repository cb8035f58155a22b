namespace Interop.Azure.Tests.World;

/// <summary>Looks again until something is there, for a stated time.</summary>
static class Eventually
{
    static readonly TimeSpan Longest = Interop.Local.Tests.Journeys.TestPlatform.Patience;

    public static Task<T> Seen<T>(string what, Func<Task<T?>> look)
        where T : class => Seen(() => what, look);

    public static Task Holds(string what, Func<Task<bool>> look) => Holds(() => what, look);

    public static Task Holds(Func<string> what, Func<Task<bool>> look) => Seen(what, async () => await look() ? "yes" : null);

    static async Task<T> Seen<T>(Func<string> what, Func<Task<T?>> look)
        where T : class
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var begun = TimeProvider.System.GetTimestamp();
        do
        {
            if (await look() is { } seen) return seen;
        }
        while (TimeProvider.System.GetElapsedTime(begun) < Longest && await timer.WaitForNextTickAsync());
        throw new TimeoutException($"Not seen in {Longest.TotalSeconds:0} seconds: {what()}.");
    }
}
