using Microsoft.Extensions.Logging;

namespace Interop.Functions;

/// <summary>Every log line of the Azure host. Keys name organisations and ids; no personal data, so no exception whole. Alerts are set on the event ids.</summary>
static partial class Logs
{
    [LoggerMessage(1, LogLevel.Error, "The platform cannot start: {Problem}")]
    public static partial void CannotStart(this ILogger log, string problem);

    [LoggerMessage(2, LogLevel.Error, "{Run}: the row {Key} failed ({Error}) and is left to the sweep")]
    public static partial void RowLeft(this ILogger log, string run, string key, string error);

    [LoggerMessage(3, LogLevel.Warning, "The signal for {Partition} was lost, and the sweep brings it back: {Reason}")]
    public static partial void SignalLost(this ILogger log, string partition, string reason);

    [LoggerMessage(4, LogLevel.Error, "The message {Message} of {Queue} was put aside: {Reason} {Fault}")]
    public static partial void PutAside(this ILogger log, string queue, string message, string reason, string fault = "");

    [LoggerMessage(5, LogLevel.Information, "The sweep signalled {Count} due rows (at most {Most}), and {Organisations} organisations with unfinished messages, the oldest of which waits for {OldestSeconds} seconds")]
    public static partial void Swept(this ILogger log, int count, int most, int organisations, long oldestSeconds);

    [LoggerMessage(6, LogLevel.Warning, "{Organisation}: the run {Run} of {Workflow} waits since {Since} for nothing that can still happen")]
    public static partial void RunIsStuck(this ILogger log, string organisation, string run, string workflow, DateTimeOffset since);

    [LoggerMessage(7, LogLevel.Warning, "{Organisation}: the time limit {Rule} of the incident {Incident} is breached since {At}")]
    public static partial void ClockIsBreached(this ILogger log, string organisation, string rule, string incident, DateTimeOffset at);

    [LoggerMessage(8, LogLevel.Error, "The file {Name} of {System} cannot be taken: {Reason}")]
    public static partial void FileRefused(this ILogger log, string system, string name, string reason);

    [LoggerMessage(9, LogLevel.Warning, "SignIn__Mode is easyAuth, and App Service says that its authentication is off here: its headers are not believed, and people sign in by the platform's own OpenID Connect")]
    public static partial void EasyAuthIsOff(this ILogger log);

    [LoggerMessage(11, LogLevel.Information, "The timer {Timer} ended well")]
    public static partial void TimerEnded(this ILogger log, string timer);

    [LoggerMessage(12, LogLevel.Error, "The timer {Timer} failed; it goes on when its time comes again: {Fault}")]
    public static partial void TimerFailed(this ILogger log, string timer, string fault);

    [LoggerMessage(10, LogLevel.Error, "The work {Partition} {Key} failed for a fault of the platform; it will be tried again, or is held from now on: {Fault}")]
    public static partial void WorkFailed(this ILogger log, string partition, string key, string fault);

    [LoggerMessage(14, LogLevel.Warning, "{Run}: its news failed {Deliveries} times ({Error}), and is told again later: {Again}")]
    public static partial void NewsDeferred(this ILogger log, string run, int deliveries, string error, string again);
}
