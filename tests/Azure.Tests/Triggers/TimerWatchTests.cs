using Interop.Functions.Triggers;
using Microsoft.Extensions.Logging;

namespace Interop.Azure.Tests.Triggers;

/// <summary>What is logged of a timer, by which alerts know that it runs: its name stands in the line as a value of its own.</summary>
public sealed class TimerWatchTests
{
    readonly Lines lines = new();

    [Fact]
    public async Task Work_that_ends_is_told()
    {
        await new TimerWatch(lines).Watch("Clocks", Task.CompletedTask, CancellationToken.None);
        Assert.Equal([("TimerEnded", LogLevel.Information, "Clocks")], lines.Written);
    }

    [Fact]
    public async Task Work_that_fails_is_told_and_fails_for_the_host_too()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => new TimerWatch(lines).Watch("DueRows", Task.FromException(new InvalidOperationException()), CancellationToken.None));
        Assert.Equal([("TimerFailed", LogLevel.Error, "DueRows")], lines.Written);
    }

    [Fact]
    public async Task Work_that_is_cut_off_as_the_instance_goes_is_no_failure()
    {
        using var going = new CancellationTokenSource();
        await going.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TimerWatch(lines).Watch("DueRows", Task.FromCanceled(going.Token), going.Token));
        Assert.Empty(lines.Written);
    }

    // A store that gives up waiting is a failure, though it says so by a cancellation.
    [Fact]
    public async Task Work_whose_store_does_not_answer_in_time_is_a_failure()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TimerWatch(lines).Watch("StoreSweep", Task.FromException(new TaskCanceledException()), CancellationToken.None));
        Assert.Equal([("TimerFailed", LogLevel.Error, "StoreSweep")], lines.Written);
    }

    sealed class Lines : ILogger<TimerWatch>
    {
        public List<(string Event, LogLevel Level, string Timer)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((eventId.Name!, logLevel, (string)((IReadOnlyList<KeyValuePair<string, object?>>)state!).Single(pair => pair.Key == "Timer").Value!));
    }
}
