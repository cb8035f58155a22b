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
    const double WarmUpMilliseconds = 1_000;
    const double TurnMilliseconds = 1;

    public static void Run(string title, params (string Name, Action Do)[] contestants)
    {
        // Twice: the second time at the speed of the code that the first made worth compiling well.
        foreach (var one in contestants) WarmUp(one.Do);
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
        var (watch, count) = (Stopwatch.StartNew(), 0);
        for (; watch.Elapsed.TotalMilliseconds < WarmUpMilliseconds; count++) run();
        return Math.Max(1, (int)(count * TurnMilliseconds / WarmUpMilliseconds));
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
