using Interop.Local.Simulators;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Simulators;

public sealed class WaitingTests
{
    static readonly DateTimeOffset Due = JourneyPlan.DefaultStart.AddDays(2);

    /// <summary>A test that sets the clock cannot know whether the system waits already, or has only read the time.</summary>
    [Fact]
    public async Task What_is_due_is_not_waited_for_when_the_clock_is_set_between_its_reading_and_the_timer()
    {
        await using var system = new Waiting(new SetBetween());
        await system.UntilDue().WaitAsync(Journeys.TestPlatform.Patience);
    }

    sealed class Waiting(TimeProvider clock) : SimulatedSystem("waiting", clock, new SentLog())
    {
        public Task UntilDue() => WaitUntilAsync(Due, CancellationToken.None);
    }

    sealed class SetBetween() : FakeTimeProvider(JourneyPlan.DefaultStart)
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            SetUtcNow(Due);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
