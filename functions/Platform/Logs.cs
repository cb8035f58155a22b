using Microsoft.Extensions.Logging;

namespace Interop.Platform;

/// <summary>Every log line of the platform itself; hosts have lines of their own. No personal data.</summary>
static partial class Logs
{
    [LoggerMessage(1, LogLevel.Warning, "What App Service tells of who comes cannot be read, so nobody is signed in: {Reason}")]
    public static partial void PrincipalUnreadable(this ILogger log, string reason);
}
