using System.Globalization;
using CsCheck;

namespace Interop.Core.Tests;

/// <summary>
/// Laws are tried with the same draws each time, so that a change is judged by itself and not by lot; <c>INTEROP_DRAWS=5000</c> goes on from there to so many. What fails is made smaller, and told with what draws it again.
/// </summary>
static class Laws
{
    const string NumberVariable = "INTEROP_DRAWS";
    const int Usual = 100;
    const int Smaller = 2_000;
    const uint Stream = 1;
    const ulong First = 20_261_128;

    static readonly long Given = long.TryParse(Environment.GetEnvironmentVariable(NumberVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;

    /// <summary>What is drawn from first.</summary>
    public static PCG Lot => new(Stream, First);

    /// <summary>How often it is drawn: <paramref name="everyTime"/>, or more if the variable says so.</summary>
    public static long Number(long everyTime) => Math.Max(everyTime, Given);

    public static void Hold<T>(this Gen<T> drawn, Action<T> law, long everyTime = Usual)
    {
        var lot = Lot;
        for (var number = Number(everyTime); number > 0; number--)
        {
            var before = lot.State;
            var one = drawn.Generate(lot, null, out _);
            try
            {
                law(one);
            }
            catch (Exception)
            {
#pragma warning disable RS0030 // What is drawn by lot here is what failed, and smaller ones.
                Check.Sample(drawn, law, seed: lot.ToString(before), iter: Smaller, threads: 1);
#pragma warning restore RS0030
                throw;
            }
        }
    }

    public static async Task HoldAsync<T>(this Gen<T> drawn, Func<T, Task> law, long everyTime = Usual)
    {
        var lot = Lot;
        for (var number = Number(everyTime); number > 0; number--)
        {
            var before = lot.State;
            try
            {
                await law(drawn.Generate(lot, null, out _));
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"The law is broken by what is drawn from {lot.ToString(before)}.", broken);
            }
        }
    }

    public static void Hold<T>(this Gen<T> drawn, Func<T, bool> law, long everyTime = Usual) => drawn.Hold(one => Assert.True(law(one), $"The law is broken by {one}."), everyTime);

    public static void Hold<T1, T2>(this Gen<(T1, T2)> drawn, Action<T1, T2> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2), everyTime);

    public static void Hold<T1, T2>(this Gen<(T1, T2)> drawn, Func<T1, T2, bool> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2), everyTime);

    public static void Hold<T1, T2, T3>(this Gen<(T1, T2, T3)> drawn, Action<T1, T2, T3> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2, one.Item3), everyTime);

    public static void Hold<T1, T2, T3>(this Gen<(T1, T2, T3)> drawn, Func<T1, T2, T3, bool> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2, one.Item3), everyTime);

    public static void Hold<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> drawn, Func<T1, T2, T3, T4, bool> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2, one.Item3, one.Item4), everyTime);

    public static void Hold<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> drawn, Action<T1, T2, T3, T4> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2, one.Item3, one.Item4), everyTime);

    public static void Hold<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> drawn, Func<T1, T2, T3, T4, T5, bool> law, long everyTime = Usual) => drawn.Hold(one => law(one.Item1, one.Item2, one.Item3, one.Item4, one.Item5), everyTime);
}
