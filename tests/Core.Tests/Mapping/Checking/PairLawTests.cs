using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>
/// What is said of pairs, held to documents drawn by lot as they go through the engine from one system to another: where another value at a place, or none, changes what arrives, the place is not said to be lost, and where none does, it is not said to arrive whole.
/// Ids by which entities refer to each other are not asked: they say nothing by themselves.
/// </summary>
public sealed class PairLawTests
{
    const int EveryTime = 40;
    const int MaxPlaces = 40;

    // The tests of one class run one after the other.
    static readonly Dictionary<string, ImmutableArray<Claims>> Known = new(StringComparer.Ordinal);

    static readonly MappingDefinition[] All = [.. Repository.Maps.Select(map => Repository.Load(map).Value)];

    public static TheoryData<string> Senders => new(All.Where(mapping => mapping.Direction.HasFlag(MappingDirection.In)).Select(mapping => mapping.Name));

    [Theory]
    [MemberData(nameof(Senders))]
    public void What_is_said_of_a_pair_holds_for_other_documents(string sender)
    {
        var from = All.Single(mapping => mapping.Name == sender);
        var (sending, places, pairs) = (new Trial(from), RecordPlace.Root(from.SourceSchema.Shape), ClaimsOf(from));
        new ShapeDocuments(from, MappingDirection.In).Documents.Hold(
            document =>
            {
                if (!sending.IsValid(Side.Source, document) || sending.Execute(MappingDirection.In, document) is not { Succeeded: true } there) return;
                var changed = places.Sites(document).Where(site => site.Kind != RecordSiteKind.Item && !site.Key.EndsWith("/id", StringComparison.Ordinal)).Take(MaxPlaces)
                    .Select(site => new Changed(site.Path, [.. Values(site.Shape).Select(value => JsonPointer.Replace(document, site.Pointer, value)).Append(SampleEdit.Without(document, site.Pointer)).Where(other => other != document && sending.IsValid(Side.Source, other))
                        .Select(other => sending.Execute(MappingDirection.In, other)).Where(other => other.Succeeded)])).ToList();
                foreach (var pair in pairs) pair.Hold(document, there, changed);
            },
            EveryTime);
    }

    /// <summary>Given the examples, what is taken away from one and changes the canonical record but not what the receiver has is said to be lost, in whole or in part.</summary>
    [Theory]
    [MemberData(nameof(Senders))]
    public void What_a_receiver_does_not_learn_of_an_example_is_said(string sender)
    {
        var from = All.Single(mapping => mapping.Name == sender);
        var sending = new Trial(from);
        var examples = PairTruthTests.Examples(from).Select(document => sending.Execute(MappingDirection.In, document)).Where(one => one.Succeeded).ToList();
        var wrong = new List<string>();
        foreach (var pair in ClaimsOf(from))
        {
            foreach (var example in examples)
            {
                if (pair.Arrives(example) is not { Succeeded: true } arrival) continue;
                var lost = PairTruthTests.Places(example.Document, "").Take(PairTruthTests.MaxPlaces).Where(place => IsLost(pair, sending, example, SampleEdit.Without(example.Document, place), arrival)).Select(SampleBase.PathOf);
                wrong.AddRange(lost.Distinct(StringComparer.Ordinal).Where(pair.IsSaidWhole).Select(path => $"{pair.To}: {path} is lost"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Distinct(StringComparer.Ordinal)));
    }

    static bool IsLost(Claims pair, Trial sending, Execution example, JsonValue changed, Execution before) =>
        sending.IsValid(Side.Source, changed) && sending.Execute(MappingDirection.In, changed) is { Succeeded: true } other && other.Told != example.Told && pair.Arrives(other) is { Succeeded: true } now && now.Told == before.Told;

    // Both laws are about the same claims, which take seconds to make.
    static ImmutableArray<Claims> ClaimsOf(MappingDefinition from)
    {
        if (Known.TryGetValue(from.Name, out var known)) return known;
        var profile = MappingProfile.Of(from, PairTruthTests.Examples(from));
        return Known[from.Name] = [.. All.Where(other => other != from && other.Canonical == from.Canonical && other.Direction.HasFlag(MappingDirection.Out)).Select(to => new Claims(profile, to))];
    }

    /// <summary>What is said of a pair, by place.</summary>
    sealed class Claims
    {
        readonly bool isTaken;
        readonly Receiver receiving;
        readonly HashSet<string> lost;
        readonly HashSet<string> whole;

        public Claims(MappingProfile profile, MappingDefinition to)
        {
            receiving = Receiver.Of(to);
            var pair = PairTrial.Of(profile, receiving);
            isTaken = pair.IsTaken;

            // Several fields may read one place under conditions.
            var places = profile.Paths.Select(path => PlaceLearning.Of(pair, path)).GroupBy(place => PairTruthTests.Plain(place.Path.Path), StringComparer.Ordinal).ToList();
            lost = [.. places.Where(place => place.All(one => !one.IsLearnt)).Select(place => place.Key)];
            whole = [.. places.Where(place => place.All(one => one.IsWhole)).Select(place => place.Key)];
        }

        public string To => receiving.Mapping.Name;

        public bool IsSaidWhole(string path) => whole.Contains(path);

        public Execution Arrives(Execution sent) => receiving.Execute(sent.Result);

        public void Hold(JsonValue document, Execution there, List<Changed> changed)
        {
            if (Arrives(there) is not { Succeeded: true } arrives) return;
            Assert.True(isTaken, $"{To} is said to take nothing, and this arrives: {document}");
            foreach (var (path, others) in changed)
            {
                var now = others.Select(other => (Other: other, Arrives: Arrives(other))).ToList();
                var isTold = now.Exists(one => one.Arrives.Succeeded && one.Arrives.Told != arrives.Told);
                Assert.False(isTold && lost.Contains(path), $"{To}: {path} is said to be lost, and is told by {document}");
                Assert.False(now.Count > 1 && !isTold && now.TrueForAll(one => one.Arrives.Succeeded) && now.Exists(one => one.Other.Told != there.Told) && whole.Contains(path), $"{To}: {path} is said to arrive whole, and is lost of {document}");
            }
        }
    }

    // More than one instant, so that a time is not that of another place by chance.
    static IEnumerable<JsonValue> Values(Interop.Core.Schemas.Shape shape) => shape is Interop.Core.Schemas.ScalarShape scalar ? ShapeSamples.Values(scalar).Take(4) : SampleValues.Variants(shape);

    /// <summary>The documents with other values at a place, or none.</summary>
    sealed record Changed(string Path, List<Execution> Others);
}
