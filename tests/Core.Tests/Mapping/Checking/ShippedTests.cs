using CsCheck;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What holds for every shipped mapping.</summary>
public sealed class ShippedTests
{
    // For these the law does not hold in full yet, and why.
    static readonly Dictionary<string, string> Apart = new(StringComparer.Ordinal)
    {
        ["cap-alert"] = "An alert and a draft exclude each other; the check tries few records that have parts of both.",
        ["mait-incident"] = "The check tries few places that have one of two coordinates.",
        ["niem-incident"] = "The check tries few places that have one of two coordinates.",
        ["patient-safety-adverse-event"] = "The check tries few places that have one of two coordinates.",
        ["rms-b-record"] = "Ids are made anew, and what refers to them with them.",
        ["online-contact-incident"] = "Ids are made anew, and what refers to them with them.",
    };

    public static TheoryData<string> Maps => new(Repository.Maps);

    public static TheoryData<string> Lawful => new(Repository.Maps.Where(map => !Apart.ContainsKey(map)));

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_shipped_mapping_loses_nothing_that_it_does_not_say(string map)
    {
        var report = MappingCheck.Run(Repository.Load(map).Value);
        Assert.True(!report.Blocking.Any(), string.Join("\n", report.Blocking.SelectMany(finding => ReportText.Lines(finding))));
        Assert.DoesNotContain(report.Findings, finding => finding.Rule is "stale-acknowledgement");
        Assert.InRange(report.Runs, 1, 6_000);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void What_is_found_is_so(string map)
    {
        var definition = Repository.Load(map).Value;
        foreach (var finding in MappingCheck.Run(definition).Findings.Where(finding => finding.Counterexample is not null)) Counterexamples.Hold(definition, finding);
    }

    /// <summary>There and back is the identity on what the mapping claims: each place that comes back different is one whose loss is declared.</summary>
    [Theory]
    [MemberData(nameof(Lawful))]
    public void What_comes_back_different_is_a_declared_loss(string map)
    {
        var definition = Repository.Load(map).Value;
        if (definition.Direction != MappingDirection.Both) return;
        var declared = MappingCheck.Run(definition).Findings.Where(finding => finding.Severity != FindingSeverity.Error).Select(finding => (finding.Way, Plain(finding.Path))).ToHashSet();
        var trial = new Trial(definition);
        foreach (var way in new[] { MappingDirection.In, MappingDirection.Out })
        {
            var reverse = way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In;
            var documents = SampleDocuments.Of(definition, way);
            if (documents.IsEmpty) continue;
            Gen.Int[0, documents.Length - 1].Sample(
                at =>
                {
                    var there = definition.Translate(documents[at], way);
                    if (!there.Succeeded) return;
                    var back = definition.Translate(there.Value, reverse);
                    foreach (var path in SampleEdit.Differences(trial.Told(reverse, documents[at]), trial.Told(reverse, back.Value)).Select(SampleBase.PathOf).Select(Plain))
                        Assert.True(declared.Any(one => one.Way == way && (path.StartsWith(one.Item2, StringComparison.Ordinal) || one.Item2.StartsWith(path, StringComparison.Ordinal))), $"{map} {way} {path}: {documents[at]}\n{there.Value}\n{back.Value}");
                },
                iter: 200);
        }
    }

    // Conditions and positions say which item; the place is the same for all.
    static string Plain(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\[[^\]]*\]", "");
}
