using Interop.Core.Messages;

namespace Interop.Platform.Connectors;

/// <summary>The names of secrets in the secret store.</summary>
public static class SecretNames
{
    /// <summary>What the system proves itself with to the platform.</summary>
    public static string Inbound(SystemDefinition system) => $"{system.Organisation}/{system.Id}/inbound";

    /// <summary>What an organisation's audit log is signed with.</summary>
    public static string Audit(OrganisationId organisation) => $"{organisation}/audit";

    /// <summary>The organisation whose audit log a secret signs; null for other secrets.</summary>
    public static OrganisationId? AuditOf(string name) => name.EndsWith("/audit", StringComparison.Ordinal) && OrganisationId.Parse(name[..^"/audit".Length]) is { Succeeded: true } id ? id.Value : null;

    /// <summary>What a workflow of the organisation calls <c>$secrets.name</c>; a JSON object if it has members.</summary>
    public static string Workflow(OrganisationId organisation, string name) => $"{organisation}/workflows/{name}";

    /// <summary>What the platform proves itself with to the system.</summary>
    public static string Outbound(SystemDefinition system) => $"{system.Organisation}/{system.Id}/outbound";
}
