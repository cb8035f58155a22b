namespace Interop.Core.Mapping.Compiled;

/// <summary>Times in rising order, in seconds: which is the last at or before another. Time is cut into stretches, and for each is known where to begin.</summary>
sealed class TimeIndex
{
    // About 49 days: between two changes of a clock there is mostly more.
    const int StretchBits = 22;

    readonly long[] times;
    readonly int[] stretches;

    public TimeIndex(IEnumerable<long> times)
    {
        this.times = [.. times];
        stretches = new int[((this.times[^1] - this.times[0]) >> StretchBits) + 1];
        for (var stretch = 1; stretch < stretches.Length; stretch++) stretches[stretch] = From(stretches[stretch - 1], this.times[0] + ((long)stretch << StretchBits));
    }

    /// <summary>The last time at or before; -1 if none is.</summary>
    public int IndexOf(long time) => time < times[0] ? -1 : From(stretches[Math.Min((time - times[0]) >> StretchBits, stretches.Length - 1)], time);

    int From(int at, long time)
    {
        while (at + 1 < times.Length && times[at + 1] <= time) at++;
        return at;
    }
}
