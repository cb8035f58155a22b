namespace Interop.Platform.Tests.Storage;

/// <summary>Lets one call to a store's medium fail: before it was done, or after, so that only the answer is lost.</summary>
public sealed class Fault
{
    int calls;
    int failing = -1;
    bool isDone;
    Exception? how;

    /// <summary>How many calls were made since the last <see cref="Fail"/>.</summary>
    public int Calls => calls;

    /// <summary>The <paramref name="nth"/> call from now on fails.</summary>
    public void Fail(int nth, bool done, Exception? with = null)
    {
        (failing, isDone, how) = (nth, done, with);
        Volatile.Write(ref calls, 0);
    }

    public void Before()
    {
        if (Interlocked.Increment(ref calls) == failing && !isDone) throw how ?? new IOException("The test lets this call fail.");
    }

    public void After()
    {
        if (calls == failing && isDone) throw new IOException("The test loses the answer to this call.");
    }
}
