using CsCheck;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What holds for every shipped mapping.</summary>
public sealed class ShippedTests
{
    // For these the law does not hold in full, and why.
    static readonly Dictionary<(string Map, MappingDirection Way), string> Apart = new()
    {
        [("online-contact-incident", MappingDirection.In)] = "Ids are made anew, and what refers to them with them; a reference to what is not included comes back as nothing, one id of two persons as two.",
        [("online-contact-incident", MappingDirection.Out)] = "Of a person's roles only the four that the model has are sent; the check does not tell it, because the others are read.",
        [("patient-safety-adverse-event", MappingDirection.In)] = "Times come back in UTC, and a reference to what is not contained as nothing; the check's documents have neither.",
        [("pnc-person", MappingDirection.In)] = "Several persons come back in the order of their standing.",
        [("rms-b-record", MappingDirection.In)] = "Ids are made anew, and what refers to them with them; involvements of nobody do not come back.",
        [("rms-b-record", MappingDirection.Out)] = "The computed involvements read persons and places as a whole, so that the check does not tell which of their parts are not sent.",
        [("rms-incident", MappingDirection.Out)] = "An object's value in another currency than pounds is not sent; the check tries pounds only.",
    };

    public static TheoryData<string> Maps => new(Repository.Maps);

    public static TheoryData<string, MappingDirection> Lawful
    {
        get
        {
            var lawful = new TheoryData<string, MappingDirection>();
            foreach (var map in Repository.Maps.Where(map => Repository.Load(map).Value.Direction == MappingDirection.Both))
                foreach (var way in new[] { MappingDirection.In, MappingDirection.Out }.Where(way => !Apart.ContainsKey((map, way)))) lawful.Add(map, way);
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
    /// There and back is the identity on what the mapping claims: each place that comes back different is one whose loss the check tells or the definition states. What is empty is the same as what is absent.
    /// </summary>
    [Theory]
    [MemberData(nameof(Lawful))]
    public void What_comes_back_different_is_a_declared_loss(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        var (trial, reverse, declared) = (new Trial(definition), way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, Declared(definition, way));
        new ShapeDocuments(definition, way).Documents.Sample(
            document =>
            {
                if (!trial.IsValid(FieldFact.From(way), document) || definition.Translate(document, way) is not { Succeeded: true, Value: var there }) return;
                var back = definition.Translate(there, reverse);
                foreach (var path in SampleEdit.Differences(Filled(trial.Told(reverse, document)), Filled(trial.Told(reverse, back.Value))).Select(SampleBase.PathOf))
                    Assert.True(declared.Any(one => path.StartsWith(one, StringComparison.Ordinal) || one.StartsWith(path, StringComparison.Ordinal)), $"{path}: {document}\n{there}\n{back.Value}");
            },
            iter: 200, threads: 1);
    }

    // Where a loss is stated for the whole record, the places themselves must be found.
    static HashSet<string> Declared(MappingDefinition definition, MappingDirection way)
    {
        var found = MappingCheck.Run(definition).Findings.Where(finding => finding.Way == way && finding.Severity != FindingSeverity.Error).Select(finding => finding.Path);
        var facts = FieldFacts.Of(definition);
        var losing = facts.Where(fact => fact.Syntax.Loss is not null || fact.Syntax is FieldSyntax.Ignore).ToList();

        // What is stated to come back as something else does so at the places of the fields that read it there.
        var there = losing.SelectMany(fact => fact[FieldFact.To(way)]).Select(place => place.Key).ToHashSet(StringComparer.Ordinal);
        var stated = losing.Concat(facts.Where(fact => fact[FieldFact.To(way)].Any(place => there.Contains(place.Key)))).SelectMany(fact => fact[FieldFact.From(way)]).Select(place => place.Path);
        var accepted = definition.Syntax.Losses.Where(loss => loss.Rule is "not-back" or "items-dropped" && loss.Path.Text != ".").Select(loss => loss.Path.Text);
        return [.. found.Concat(stated).Concat(accepted).Select(Plain).Where(path => path.Length > 0)];
    }

    // What is empty is the same as what is absent.
    static JsonValue Filled(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => JsonValue.Of(value.Members.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value))).Where(member => !IsEmpty(member.Value))),
        JsonKind.Array => JsonValue.Of(value.Items.Select(Filled)),
        _ => value,
    };

    static bool IsEmpty(JsonValue value) => value.IsNull || (value.Kind is JsonKind.Object or JsonKind.Array && value.Count == 0);

    // Conditions and positions say which item; the place is the same for all.
    static string Plain(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\[[^\]]*\]", "");
}
