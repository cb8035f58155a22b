using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Local.Simulators;

/// <summary>How a simulated system knows that the platform calls it.</summary>
internal static class CallerProof
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Whether the call carries the bearer key.</summary>
    public static bool IsBearer(HttpRequest request, string key) => Same(request.Headers.Authorization.ToString(), $"Bearer {key}");

    /// <summary>Whether the call is signed with the key, and was so within five minutes.</summary>
    public static bool IsSigned(HttpRequest request, byte[] body, string key, DateTimeOffset now)
    {
        var timestamp = request.Headers["X-Interop-Timestamp"].ToString();
        return long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs((double)seconds - now.ToUnixTimeSeconds()) <= Window.TotalSeconds
            && Same(request.Headers["X-Interop-Signature"].ToString(), "sha256=" + PlatformSender.Signature(key, timestamp, body));
    }

    static bool Same(string presented, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(expected));
}
