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

    static readonly MappingDefinition[] All = [.. Repository.Maps.Select(map => Repository.Load(map).Value)];

    public static TheoryData<string> Senders => new(All.Where(mapping => mapping.Direction.HasFlag(MappingDirection.In)).Select(mapping => mapping.Name));

    [Theory]
    [MemberData(nameof(Senders))]
    public void What_is_said_of_a_pair_holds_for_other_documents(string sender)
    {
        var from = All.Single(mapping => mapping.Name == sender);
        var (sending, places) = (new Trial(from), RecordPlace.Root(from.SourceSchema.Shape));
        var profile = MappingProfile.Of(from, PairTruthTests.Examples(from));
        var pairs = All.Where(other => other != from && other.Canonical == from.Canonical && other.Direction.HasFlag(MappingDirection.Out)).Select(to => new Claims(profile, to)).ToList();
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

    /// <summary>What is said of a pair, by place.</summary>
    sealed class Claims
    {
        readonly PairTrial pair;
        readonly Trial receiving;
        readonly HashSet<string> lost;
        readonly HashSet<string> whole;

        public Claims(MappingProfile profile, MappingDefinition to)
        {
            (pair, receiving) = (PairTrial.Of(profile, Receiver.Of(to)), new Trial(to));

            // Several fields may read one place under conditions.
            var places = profile.Paths.Select(path => PlaceLearning.Of(pair, path)).GroupBy(place => PairTruthTests.Plain(place.Path.Path), StringComparer.Ordinal).ToList();
            lost = [.. places.Where(place => place.All(one => !one.IsLearnt)).Select(place => place.Key)];
            whole = [.. places.Where(place => place.All(one => one.IsWhole)).Select(place => place.Key)];
        }

        public void Hold(JsonValue document, Execution there, List<Changed> changed)
        {
            if (receiving.Execute(MappingDirection.Out, there.Result) is not { Succeeded: true } arrives) return;
            Assert.True(pair.IsTaken, $"{receiving.Mapping.Name} is said to take nothing, and this arrives: {document}");
            foreach (var (path, others) in changed)
            {
                var now = others.Select(other => (Other: other, Arrives: receiving.Execute(MappingDirection.Out, other.Result))).ToList();
                var isTold = now.Exists(one => one.Arrives.Succeeded && one.Arrives.Told != arrives.Told);
                Assert.False(isTold && lost.Contains(path), $"{receiving.Mapping.Name}: {path} is said to be lost, and is told by {document}");
                Assert.False(now.Count > 1 && !isTold && now.TrueForAll(one => one.Arrives.Succeeded) && now.Exists(one => one.Other.Told != there.Told) && whole.Contains(path), $"{receiving.Mapping.Name}: {path} is said to arrive whole, and is lost of {document}");
            }
        }
    }

    // More than one instant, so that a time is not that of another place by chance.
    static IEnumerable<JsonValue> Values(Interop.Core.Schemas.Shape shape) => shape is Interop.Core.Schemas.ScalarShape scalar ? ShapeSamples.Values(scalar).Take(4) : SampleValues.Variants(shape);

    /// <summary>The documents with other values at a place, or none.</summary>
    sealed record Changed(string Path, List<Execution> Others);
}
