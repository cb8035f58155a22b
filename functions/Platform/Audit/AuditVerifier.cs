using System.Collections.Immutable;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Definitions;

namespace Interop.Platform.Audit;

/// <summary>What verifying an organisation's audit log found.</summary>
public sealed record AuditVerdict(OrganisationId Organisation, long Lines, ImmutableArray<(DateOnly Day, AuditFinding Finding)> Findings);

/// <summary>Verifies the audit logs of all organisations.</summary>
public sealed class AuditVerifier
{
    readonly AuditLog log;
    readonly DefinitionRegistry definitions;

    internal AuditVerifier(AuditLog log, DefinitionRegistry definitions) => (this.log, this.definitions) = (log, definitions);

    /// <summary>One verdict for each organisation.</summary>
    public async Task<ImmutableArray<AuditVerdict>> All(CancellationToken cancellation)
    {
        var verdicts = ImmutableArray.CreateBuilder<AuditVerdict>();
        foreach (var organisation in definitions.Organisations)
        {
            var (lines, findings) = await log.Verify(organisation, cancellation);
            verdicts.Add(new AuditVerdict(organisation, lines, findings));
        }

        return verdicts.ToImmutable();
    }
}
