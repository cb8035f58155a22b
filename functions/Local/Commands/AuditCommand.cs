using System.Globalization;
using Interop.Local.Hosting;
using Interop.Platform.Audit;

namespace Interop.Local.Commands;

/// <summary>Verifies the hash chains of all audit logs in the store.</summary>
static class AuditCommand
{
    public static async Task<int> Verify(LocalOptions options, CancellationToken cancellation)
    {
        var opened = await LocalHost.Start(options with { Port = 0, IsQuiet = true, IsIdle = true }, cancellation);
        if (!opened.Succeeded) return Failures.Show(opened.Problems);
        await using var host = opened.Value;
        var found = 0;
        foreach (var verdict in await host.Services.GetRequiredService<AuditVerifier>().All(cancellation))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verdict.Organisation}: {verdict.Lines} lines, {(verdict.Findings.IsEmpty ? "intact" : $"{verdict.Findings.Length} findings")}"));
            foreach (var (day, finding) in verdict.Findings)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {day:yyyy-MM-dd} line {finding.Index}: {finding.Kind.ToString().ToLowerInvariant()}: {finding.Message}"));
            found += verdict.Findings.Length;
        }

        return found == 0 ? 0 : 1;
    }
}
