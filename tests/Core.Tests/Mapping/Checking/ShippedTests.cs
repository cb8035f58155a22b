using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What holds for every shipped mapping.</summary>
public sealed class ShippedTests
{
    // Of the documents that are drawn, so many at least must have gone there and come back.
    const int Least = 20;

    public static TheoryData<string> Maps => new(Repository.Maps);

    public static TheoryData<string, MappingDirection> Lawful
    {
        get
        {
            var lawful = new TheoryData<string, MappingDirection>();
            foreach (var map in Repository.Maps.Where(map => Repository.Load(map).Value.Direction == MappingDirection.Both))
                foreach (var way in new[] { MappingDirection.In, MappingDirection.Out }) lawful.Add(map, way);
            return lawful;
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_shipped_mapping_loses_nothing_that_it_does_not_say(string map)
    {
        var report = MappingCheck.Run(Repository.Load(map).Value);
        Assert.True(!report.Blocking.Any(), string.Join("\n", report.Blocking.SelectMany(finding => ReportText.Lines(finding))));
        Assert.DoesNotContain(report.Findings, finding => finding.Warns);
        Assert.InRange(report.Runs, 1, 6_000);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void What_is_found_is_so(string map)
    {
        var definition = Repository.Load(map).Value;
        foreach (var finding in MappingCheck.Run(definition).Findings.Where(finding => finding.Counterexample is not null)) Counterexamples.Hold(definition, finding);
    }

    /// <summary>
    /// There and back is the identity but for what the check lists, each finding at its own place and in its own direction (<see cref="DeclaredLosses"/>); where a mapping claims something else, that holds (<see cref="OtherClaims"/>).
    /// </summary>
    [Theory]
    [MemberData(nameof(Lawful))]
    public void There_and_back_is_the_identity_but_for_what_is_declared(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        var (trial, reverse, passed) = (new Trial(definition), way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, 0);
        var declared = new DeclaredLosses(trial, way, OtherClaims.Claimed.GetValueOrDefault((map, way)));
        OtherClaims.All.TryGetValue((map, way), out var other);
        new ShapeDocuments(definition, way).Documents.Hold(
            document =>
            {
                if (!trial.IsValid(FieldFact.From(way), document) || definition.Translate(document, way) is not { Succeeded: true, Value: var there }) return;
                passed++;
                var back = definition.Translate(there, reverse);
                if (!back.Succeeded)
                {
                    Assert.True(back.Problems.All(declared.Explains), $"{string.Join("\n", back.Problems)}\n{document}\n{there}");
                    return;
                }

                var (was, now) = OtherClaims.SameRecord.ContainsKey((map, way))
                    ? (trial.Told(way, there), trial.Told(way, definition.Translate(back.Value, way).Value))
                    : declared.Claimed(trial.Told(reverse, document), trial.Told(reverse, back.Value), other.Compared is null ? null : one => other.Compared(document, one));
                Assert.True(was == now, $"{string.Join(", ", SampleEdit.Differences(was, now).Select(SampleBase.PathOf))}\n{document}\n{there}\n{back.Value}");
            },
            everyTime: 200);
        Assert.True(passed >= Least, $"Of the documents that were drawn only {passed} went there.");
    }

    /// <summary>Nothing is declared that the check does not see: without any one acknowledgement it reports what that was about.</summary>
    [Theory]
    [MemberData(nameof(Maps))]
    public void Without_an_acknowledgement_the_check_reports_the_loss(string map)
    {
        var root = Repository.Root(map);

        // Those of the definition are about a rule and a place each, so that all can go at once.
        var blocking = MappingCheck.Run(Repository.Load(map, Acknowledgements.WithoutLosses(root)).Value).Blocking.Select(finding => (finding.Rule, Plain(finding.Path))).ToHashSet();
        var unseen = Acknowledgements.Losses(root).Where(loss => !blocking.Contains((loss.Rule, Plain(loss.Path)))).Select(loss => $"{loss.Rule} {loss.Path}").ToList();
        var accepted = MappingCheck.Run(Repository.Load(map).Value).Accepted.ToLookup(finding => finding.Acknowledged!, finding => (finding.Rule, finding.Way, finding.Path), StringComparer.Ordinal);
        foreach (var (place, loss, without) in Acknowledgements.WithoutEach(root))
        {
            // What a reason beside it accepts too is still told; what only this line accepted blocks.
            var report = MappingCheck.Run(without, Repository.Context(map, without));
            if (!accepted[loss].Any() || !(report.Blocking.Any() || accepted[loss].All(found => report.Findings.Any(finding => (finding.Rule, finding.Way, finding.Path) == found)))) unseen.Add($"line {place.Line}: {loss}");
        }

        Assert.True(unseen.Count == 0, string.Join("\n", unseen));
    }

    static string Plain(string path) => path.Replace("[0]", "", StringComparison.Ordinal);
}
