using System.Diagnostics;
using System.Globalization;

namespace Interop.Benchmarks.Mapping;

/// <summary>
/// Contestants in short turns, one after the other and again, so that whatever else the machine does falls on all alike. What is told is the median turn of each, and the median of its ratios to the
/// first contestant in the same round.
/// </summary>
static class Race
{
    const int Rounds = 400;
    const double TurnMilliseconds = 1;

    // The code is compiled well by a thread that on a busy machine waits long: it is warm when it has not become quicker for a while.
    const int MostWarmUps = 40;
    const int SteadyWarmUps = 6;
    const double WarmUpMilliseconds = 150;
    const double Quicker = 0.97;

    public static void Run(string title, params (string Name, Action Do)[] contestants)
    {
        var turns = contestants.Select(one => WarmUp(one.Do)).ToArray();
        var times = contestants.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var one = 0; one < contestants.Length; one++) times[one][round] = Turn(contestants[one].Do, turns[one]);
        }

        Console.WriteLine($"\n| {title} | median | best | ratio | allocated |\n|---|---|---|---|---|");
        for (var one = 0; one < contestants.Length; one++)
        {
            var ratio = Median([.. times[one].Select((time, round) => time / times[0][round])]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {contestants[one].Name} | {Median(times[one]):0.00} us | {times[one].Min():0.00} us | {ratio:0.00} | {Allocated(contestants[one].Do)} B |"));
        }
    }

    /// <returns>How often it runs in a turn.</returns>
    static int WarmUp(Action run)
    {
        var (best, steady) = (double.MaxValue, 0);
        for (var round = 0; round < MostWarmUps && steady < SteadyWarmUps; round++)
        {
            var (watch, quickest) = (Stopwatch.StartNew(), double.MaxValue);
            while (watch.Elapsed.TotalMilliseconds < WarmUpMilliseconds) quickest = Math.Min(quickest, Turn(run, 10));
            steady = quickest < best * Quicker ? 0 : steady + 1;
            best = Math.Min(best, quickest);
            Thread.Sleep(1);
        }

        return Math.Max(1, (int)(TurnMilliseconds * 1_000 / best));
    }

    static double Turn(Action run, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var done = 0; done < count; done++) run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
    }

    static long Allocated(Action run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static double Median(double[] values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
