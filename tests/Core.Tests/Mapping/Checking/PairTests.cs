using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>One system's mapping in put before another's out.</summary>
public sealed class PairTests
{
    static readonly MappingDefinition Incident = Repository.Load("rms-incident").Value;

    [Fact]
    public void What_the_receiver_does_not_learn_changes_nothing_there()
    {
        var composed = Composition.Of(Incident, Repository.Load("command-and-control-incident").Value);
        Assert.True(composed is { IsPossible: true, Verdict: "loses" });
        Assert.Contains(composed.Lost, lost => lost.Path == "occurrence.property.exhibit");
        Assert.DoesNotContain(composed.Lost, lost => lost.Path == "occurrence.nominals.surname");
        Assert.Equal(composed.Arrives, Arrives(composed, "/occurrence/property"));
        Assert.NotEqual(composed.Arrives, Arrives(composed, "/occurrence/nominals/0/surname"));
        Assert.Equal($"{composed.From.Reference} to {composed.To.Reference}, through the canonical incident: loses {composed.Losing} of {composed.Paths} places ({composed.Lost.Length} whole, {composed.Losing - composed.Lost.Length} in part).", PairText.Lines(composed).First());
        Assert.Equal(composed.Lost.Length, ReportJson.Of(composed)["lost"].Count);
    }

    static JsonValue Arrives(Composition composed, string without) => composed.To.ToSource(composed.From.ToCanonical(SampleEdit.Without(composed.Document, without)).Value).Value;

    [Fact]
    public void What_the_receiver_requires_and_the_sender_cannot_give_makes_a_pair_impossible()
    {
        var composed = Composition.Of(Repository.Load("rms-status-event").Value, Repository.Load("notify-sms").Value);
        Assert.False(composed.IsPossible);
        Assert.Contains(PairText.Lines(composed), line => line.Trim() == "requires phone_number, which the sender cannot give.");
        Assert.Null(composed.Returned);
    }

    [Fact]
    public void Both_ways_says_what_comes_back_different()
    {
        var composed = Composition.Of(Incident, Repository.Load("command-and-control-incident").Value);
        var returned = composed.Returned!;
        Assert.NotEmpty(returned.Different);
        foreach (var one in returned.Different)
        {
            var back = composed.From.ToSource(composed.To.ToCanonical(composed.To.ToSource(composed.From.ToCanonical(one.Document).Value).Value).Value).Value;
            Assert.NotEqual(one.Sent, one.Back);
            Assert.Contains(SampleEdit.Differences(one.Document, back, most: 1_000), pointer => SampleBase.PathOf(pointer) == one.Path);
        }
    }

    [Fact]
    public void The_matrix_has_each_directed_pair_of_a_record_once()
    {
        string[] maps = ["rms-incident", "notify-sms", "command-and-control-incident", "rms-status-event", "court-listing-result", "notify-email"];
        var mappings = maps.Select(map => Repository.Load(map).Value).ToList();
        var pairs = MappingMatrix.Of(mappings);
        var senders = mappings.Where(mapping => mapping.Direction.HasFlag(MappingDirection.In)).ToList();
        var receivers = mappings.Where(mapping => mapping.Direction.HasFlag(MappingDirection.Out)).ToList();
        Assert.Equal(senders.Sum(from => receivers.Count(to => to.Name != from.Name && to.Canonical == from.Canonical)), pairs.Length);
        Assert.Equal(pairs.Length, pairs.Select(pair => (pair.From, pair.To)).Distinct().Count());
        Assert.Equal(pairs.OrderBy(pair => pair.From, StringComparer.Ordinal).ThenBy(pair => pair.To, StringComparer.Ordinal).Select(pair => pair.From + pair.To), pairs.Select(pair => pair.From + pair.To));
        Assert.All(pairs, pair => Assert.InRange(pair.Losing, pair.Lost, pair.Paths));
        Assert.Equal(("impossible", "phone_number"), pairs.Where(pair => pair is { From: "rms-status-event", To: "notify-sms" }).Select(pair => (pair.Verdict, pair.Missing[0])).Single());
        var last = PairText.Lines(pairs, mappings.ToDictionary(mapping => mapping.Name, mapping => mapping.Canonical, StringComparer.Ordinal)).Last();
        Assert.StartsWith($"{pairs.Length} directed pairs:", last, StringComparison.Ordinal);
    }

    /// <summary>The order in which mappings are given, and who else is there, changes nothing.</summary>
    [Fact]
    public void The_matrix_is_the_same_whatever_the_order_and_says_what_a_composition_says()
    {
        MappingDefinition[] some = [.. new[] { "rms-incident", "command-and-control-incident", "niem-incident" }.Select(map => Repository.Load(map).Value)];
        var pairs = MappingMatrix.Of(some);
        Assert.Equal(6, pairs.Length);
        Assert.Equal(Text(pairs), Text(MappingMatrix.Of(some.Reverse())));
        foreach (var pair in pairs.Where(pair => pair.Missing.IsEmpty && pair.Refused.IsEmpty))
            Assert.Equal(pair.Losing, Composition.Of(some.Single(one => one.Name == pair.From), some.Single(one => one.Name == pair.To)).Losing);
        Assert.Equal(pairs[0].Verdict, ReportJson.Of(pairs[0])["verdict"].StringOrNull);
    }

    static string Text(IEnumerable<MatrixPair> pairs) => JsonValue.Of(pairs.Select(ReportJson.Of)).ToString();
}
