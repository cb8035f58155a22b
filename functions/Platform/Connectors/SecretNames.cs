namespace Interop.Platform.Connectors;

/// <summary>The names of secrets in the secret store.</summary>
public static class SecretNames
{
    /// <summary>What the system proves itself with to the platform.</summary>
    public static string Inbound(SystemDefinition system) => $"{system.Organisation}/{system.Id}/inbound";

    /// <summary>What the platform proves itself with to the system.</summary>
    public static string Outbound(SystemDefinition system) => $"{system.Organisation}/{system.Id}/outbound";
}
