namespace Interop.Local;

/// <summary>Every log line of the embedded host. Keys name organisations and ids; no personal data, so no exception whole.</summary>
static partial class Logs
{
    [LoggerMessage(1, LogLevel.Error, "The work {Partition} {Key} failed; it will be tried again, or is held from now on: {Fault}")]
    public static partial void WorkFailed(this ILogger log, string partition, string key, string fault);

    [LoggerMessage(2, LogLevel.Error, "The store could not say what is due: {Fault}")]
    public static partial void LookFailed(this ILogger log, string fault);

    [LoggerMessage(3, LogLevel.Warning, "{Organisation}: the time limit {Rule} of the incident {Incident} is breached since {At}")]
    public static partial void ClockIsBreached(this ILogger log, string organisation, string rule, string incident, DateTimeOffset at);
}
