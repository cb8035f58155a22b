using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Interop.Core.Messages;
using Interop.Local.Secrets;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Local.Commands;

/// <summary>Verifies the audit logs of every organisation that has a key here. Only reads, so that it works beside a running platform.</summary>
static class AuditCommand
{
    public static async Task<int> Verify(string folder, ImmutableDictionary<OrganisationId, AuditNote> noted, CancellationToken cancellation)
    {
        var opened = SqliteStore.OpenToRead(folder);
        if (!opened.Succeeded) return Failures.Show(opened.Problems);
        await using var store = opened.Value;
        var keys = KeyFile.Read(folder);
        if (!keys.Succeeded) return Failures.Show(keys.Problems);
        var verifier = new AuditVerifier(store, keys.Value);
        var found = 0;
        foreach (var organisation in keys.Value.All.Keys.Select(SecretNames.AuditOf).OfType<OrganisationId>().Union(noted.Keys).OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            var verdict = await verifier.Verify(organisation, noted.GetValueOrDefault(organisation), cancellation);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{organisation}: {verdict.Lines} lines, {(verdict.Findings.IsEmpty ? "intact" : $"{verdict.Findings.Length} findings")}; head {verdict.Head.Sequence}:{verdict.Head.Hash}"));
            foreach (var (day, finding) in verdict.Findings) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{organisation} {day:yyyy-MM-dd} {JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString())}: {finding.Message}"));
            found += verdict.Findings.Length;
        }

        return found == 0 ? 0 : 1;
    }
}
