using System.Text.RegularExpressions;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What is said of pairs, held to the examples of the shipped mappings as they go through the engine from one system to another.</summary>
public sealed class PairTruthTests
{
    internal const int MaxPlaces = 60;

    // Their documents are entities that refer to each other, and what they say of one another no schema says: with their examples the pairs are right.
    static readonly HashSet<string> ByExample = ["niem-incident", "online-contact-incident", "online-contact-incident-report", "patient-safety-adverse-event", "rms-b-record"];

    static readonly MappingDefinition[] All = [.. Repository.Maps.Select(map => Repository.Load(map).Value)];

    public static TheoryData<string> Senders => new(All.Where(mapping => mapping.Direction.HasFlag(MappingDirection.In)).Select(mapping => mapping.Name));

    [Theory]
    [MemberData(nameof(Senders))]
    public void What_an_example_tells_a_receiver_is_not_said_to_be_lost(string sender)
    {
        var from = All.Single(mapping => mapping.Name == sender);
        var examples = Examples(from).Select(document => (Document: document, Record: from.Translate(document, MappingDirection.In))).Where(one => one.Record.Succeeded).ToList();
        var profile = MappingProfile.Of(from, ByExample.Contains(sender) ? examples.Select(one => one.Document) : []);
        var wrong = new List<string>();
        foreach (var to in All.Where(other => other != from && other.Canonical == from.Canonical && other.Direction.HasFlag(MappingDirection.Out)))
        {
            var pair = PairTrial.Of(profile, Receiver.Of(to));
            var places = profile.Paths.Select(path => PlaceLearning.Of(pair, path)).ToList();
            foreach (var (document, record) in examples)
            {
                if (to.Translate(record.Value, MappingDirection.Out) is not { Succeeded: true, Value: var arrives }) continue;
                if (!pair.IsTaken) wrong.Add($"{to.Name} takes nothing, but an example arrives: {document}");
                var trial = new Trial(to);
                var told = Places(document, "").Take(MaxPlaces).Where(place => IsTold(from, trial, SampleEdit.Without(document, place), trial.Told(MappingDirection.Out, arrives))).Select(SampleBase.PathOf);
                wrong.AddRange(told.Distinct(StringComparer.Ordinal).Where(path => IsSaidLost(places, path)).Select(path => $"{to.Name}: {path} is told"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Distinct(StringComparer.Ordinal)));
    }

    static bool IsTold(MappingDefinition from, Trial to, JsonValue changed, JsonValue before) =>
        from.Translate(changed, MappingDirection.In) is { Succeeded: true, Value: var record } && to.Mapping.Translate(record, MappingDirection.Out) is { Succeeded: true, Value: var now } && to.Told(MappingDirection.Out, now) != before;

    // Several fields may read one place under conditions: it is lost if all of them are.
    static bool IsSaidLost(List<PlaceLearning> places, string path) => places.Where(place => Plain(place.Path.Path) == path).ToList() is { Count: > 0 } here && here.TrueForAll(place => !place.IsLearnt);

    internal static IEnumerable<string> Places(JsonValue value, string pointer) => value.Kind switch
    {
        JsonKind.Object => value.Members.SelectMany(member => Places(member.Value, pointer + RouteStep.Member.SegmentOf(member.Key))),
        JsonKind.Array => value.Items.SelectMany((item, at) => Places(item, $"{pointer}/{at}")),
        _ => [pointer],
    };

    internal static IEnumerable<JsonValue> Examples(MappingDefinition mapping) => Directory.GetFiles(Path.Combine(Repository.Mappings, "maps", mapping.Name, "examples"), $"*.source.{mapping.Format}").Order(StringComparer.Ordinal)
        .Select(file => Format.All[mapping.Format].Read(File.ReadAllBytes(file), mapping.SourceSchema.Shape)).Where(read => read.Succeeded).Select(read => read.Value);

    // Conditions of a path may hold paths with positions of their own.
    internal static string Plain(string path) => Regex.Replace(Regex.Replace(path, @"\[\d+\]", ""), @"\[[^\]]*\]", "");
}
