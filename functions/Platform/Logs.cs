using Microsoft.Extensions.Logging;

namespace Interop.Platform;

/// <summary>Every log line of the platform itself; hosts have lines of their own. No personal data, so no exception whole.</summary>
static partial class Logs
{
    [LoggerMessage(1, LogLevel.Warning, "What App Service tells of who comes cannot be read, so nobody is signed in: {Reason}")]
    public static partial void PrincipalUnreadable(this ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "The request {Method} {Route} with the trace {Trace} failed for a fault of the platform: {Fault}")]
    public static partial void RequestFailed(this ILogger log, string method, string? route, string trace, string fault);
}
