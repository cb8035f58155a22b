using Interop.Platform.Storage;

namespace Interop.Platform.Work;

/// <summary>What a log may say of an exception: what it is and where it came from. Its text may quote data, and a log holds no personal data; only a store says in its own words what it lacks.</summary>
public static class FaultText
{
    const int MostCauses = 10;

    /// <summary>The types of the exception and its causes, each with the place that threw it.</summary>
    public static string Of(Exception fault)
    {
        var causes = new List<string>();
        for (Exception? cause = fault; cause is not null && causes.Count < MostCauses; cause = cause.InnerException) causes.Add($"{cause.GetType().FullName}{(cause is StoreException ? $": {cause.Message}" : "")}\n{cause.StackTrace}");
        return string.Join("\ncaused by ", causes);
    }
}
