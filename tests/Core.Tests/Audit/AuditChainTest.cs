using System.Collections.Immutable;
using CsCheck;
using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Tests.Audit;

public sealed class AuditChainTest
{
    static readonly OrganisationId Northshire = new("northshire");
    static readonly byte[] Key = [1, 2, 3, 4];
    static readonly DateTimeOffset Start = new(2026, 4, 2, 20, 0, 0, TimeSpan.Zero);

    static readonly Gen<AuditData> Data = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 72], Gen.Int[0, 1_000_000], Gen.Bool, (operation, actor, hours, number, full) => new AuditData(
        Start.AddHours(hours), (AuditOperation)operation, new AuditActor((AuditActorKind)actor, $"actor-{number}"), full ? "cps" : null, full ? [$"message-{number}", "run-1"] : [],
        full ? "prosecution" : null, full ? "northshire-cps-prosecution version 1, clause 4.1" : null, $"cause-{number}"));

    static readonly Gen<(ImmutableArray<AuditEntry> Entries, AuditHead Head)> Chains = Data.Array[1, 12].Select(data => Chain(data, Key));

    [Fact]
    public void An_untouched_chain_is_whole() => Chains.Hold(chain => Verify(chain.Entries, chain.Head).IsEmpty);

    [Fact]
    public void A_chain_read_back_is_whole() => Chains.Hold(chain =>
    {
        ImmutableArray<AuditEntry> read = [.. chain.Entries.Select(entry => AuditEntry.FromJson(JsonValue.Parse(entry.ToJson().ToString()).Value).Value)];
        var head = AuditHead.FromJson(JsonValue.Parse(chain.Head.ToJson().ToString()).Value).Value;
        return head == chain.Head && Verify(read, head).IsEmpty && read.Select(entry => entry.ToJson()).SequenceEqual(chain.Entries.Select(entry => entry.ToJson()));
    });

    [Fact]
    public void Any_change_is_found_where_it_is() => Gen.Select(Chains, Gen.Int[0, 11], Gen.Int[0, 13]).Hold((chain, place, change) =>
    {
        var at = place % chain.Entries.Length;
        var changed = chain.Entries.SetItem(at, Change(chain.Entries[at], change));
        return Verify(changed, chain.Head) is [{ Kind: AuditFindingKind.Changed } finding] && finding.Index == at;
    });

    // Without a key whoever writes the store can reckon the hash anew; the line after, or the head, tells.
    [Fact]
    public void A_change_with_a_new_hash_is_found_without_a_key() => Gen.Select(Data.Array[1, 12], Gen.Int[0, 11], Gen.Int[0, 10]).Hold((data, place, change) =>
    {
        var (entries, head) = Chain(data, []);
        var at = place % entries.Length;
        var forged = Change(entries[at], change);
        var (rehashed, _) = AuditChain.Append(new AuditHead(forged.Organisation, forged.Day, forged.Sequence - 1, forged.PreviousHash), forged.Data);
        var wanted = at == entries.Length - 1 ? AuditFindingKind.HeadMismatch : AuditFindingKind.Changed;
        return AuditChain.Verify(AuditHead.None(Northshire), entries.SetItem(at, rehashed), head) is [var finding] && finding.Index == at && finding.Kind == wanted;
    });

    [Fact]
    public void Any_deletion_is_found_where_it_was() => Gen.Select(Chains, Gen.Int[0, 11]).Hold((chain, place) =>
    {
        var at = place % chain.Entries.Length;
        return Verify(chain.Entries.RemoveAt(at), chain.Head) is [{ Kind: AuditFindingKind.Missing } finding] && finding.Index == at;
    });

    [Fact]
    public void Any_insertion_is_found_where_it_is() => Gen.Select(Chains, Data, Gen.Int[0, 12], Gen.Int[0, 12], Gen.Bool).Hold((chain, data, place, number, withKey) =>
    {
        var at = place % (chain.Entries.Length + 1);
        var before = at == 0 ? AuditHead.None(Northshire) : Head(chain.Entries[at - 1]);
        var (forged, _) = AuditChain.Append(before with { Sequence = number }, data with { Cause = "forged" }, withKey ? Key : []);
        return Verify(chain.Entries.Insert(at, forged), chain.Head) is [{ Kind: AuditFindingKind.Added } finding] && finding.Index == at;
    });

    [Fact]
    public void A_line_copied_elsewhere_is_found() => Gen.Select(Chains, Gen.Int[0, 11], Gen.Int[0, 12]).Hold((chain, from, to) =>
    {
        var (source, target) = (from % chain.Entries.Length, to % (chain.Entries.Length + 1));
        var findings = Verify(chain.Entries.Insert(target, chain.Entries[source]), chain.Head);
        // Of two that stand side by side and are alike, either may be called the copy.
        return findings is [{ Kind: AuditFindingKind.Added } finding] && (finding.Index == target || target == source + 1 && finding.Index == source);
    });

    [Fact]
    public void Any_swap_is_found_at_both_places() => Gen.Select(Chains, Gen.Int[0, 11], Gen.Int[0, 11]).Hold((chain, one, other) =>
    {
        var (left, right) = (one % chain.Entries.Length, other % chain.Entries.Length);
        var swapped = chain.Entries.SetItem(left, chain.Entries[right]).SetItem(right, chain.Entries[left]);
        var places = left == right ? Array.Empty<int>() : [Math.Min(left, right), Math.Max(left, right)];
        return Verify(swapped, chain.Head) is var findings && findings.All(finding => finding.Kind == AuditFindingKind.Reordered) && findings.Select(finding => finding.Index).SequenceEqual(places);
    });

    [Fact]
    public void A_wrong_head_is_found() => Chains.Hold(chain =>
        Verify(chain.Entries, chain.Head with { Hash = new string('f', 64) }) is [{ Kind: AuditFindingKind.HeadMismatch }]
        && Verify(chain.Entries, chain.Head with { Sequence = long.MaxValue }) is [{ Kind: AuditFindingKind.HeadMismatch }]
        && !AuditChain.Verify(AuditHead.None(Northshire), chain.Entries, chain.Head, [9]).IsEmpty);

    [Fact]
    public void Days_are_chained() => Chains.Hold(chain =>
    {
        var start = AuditHead.None(Northshire);
        foreach (var day in chain.Entries.GroupBy(entry => entry.Day))
        {
            ImmutableArray<AuditEntry> lines = [.. day];
            if (lines[0].PreviousHash != start.Hash || day.Key < start.Day) return false;
            if (!AuditChain.Verify(start, lines, Head(lines[^1]), Key).IsEmpty) return false;
            if (AuditChain.Verify(start with { Hash = new string('f', 64) }, lines, Head(lines[^1]), Key) is not [{ Kind: AuditFindingKind.HeadMismatch, Index: 0 }]) return false;
            start = Head(lines[^1]);
        }

        return true;
    });

    [Fact]
    public void A_line_late_by_a_day_stays_in_the_newer_day()
    {
        var late = Chain([Line(Start.AddDays(1)), Line(Start)], Key);
        Assert.Equal([new DateOnly(2026, 4, 3), new DateOnly(2026, 4, 3)], late.Entries.Select(entry => entry.Day));
        Assert.Empty(Verify(late.Entries, late.Head));
    }

    // The stored logs are held to this form for as long as they are kept.
    [Fact]
    public void The_canonical_form_never_changes()
    {
        var (entry, _) = AuditChain.Append(AuditHead.None(Northshire), Line(Start));
        Assert.Equal(
            """{"sequence":1,"organisation":"northshire","day":"2026-04-02","at":"2026-04-02T20:00:00Z","operation":"disclosure","who":{"kind":"workflow","id":"victim-journey"},"whom":"cps","what":["run-1.7","run-1"],"why":"prosecution","cause":"run-1.7","previous":"0000000000000000000000000000000000000000000000000000000000000000","hash":"HASH"}"""
                .Replace("HASH", entry.Hash, StringComparison.Ordinal),
            entry.ToJson().ToString());
        Assert.Equal("1ea753f21ed93a248774261abeda710c7dd87727bf800308fbb81063721d9fa7", entry.Hash);
    }

    [Theory]
    [InlineData("operation", "\"disclosing\"")]
    [InlineData("who", "null")]
    [InlineData("what", "\"run-1\"")]
    [InlineData("sequence", "1.5")]
    [InlineData("at", "\"2026-04-31T00:00:00Z\"")]
    [InlineData("organisation", "\"North Shire\"")]
    [InlineData("hash", "null")]
    public void A_line_of_another_form_is_refused(string member, string value)
    {
        var (entry, _) = AuditChain.Append(AuditHead.None(Northshire), Line(Start));
        Assert.False(AuditEntry.FromJson(entry.ToJson().With(member, JsonValue.Parse(value).Value)).Succeeded);
    }

    static AuditData Line(DateTimeOffset at) =>
        new(at, AuditOperation.Disclosure, new AuditActor(AuditActorKind.Workflow, "victim-journey"), "cps", ["run-1.7", "run-1"], "prosecution", null, "run-1.7");

    static (ImmutableArray<AuditEntry> Entries, AuditHead Head) Chain(AuditData[] data, byte[] key)
    {
        var head = AuditHead.None(Northshire);
        var entries = ImmutableArray.CreateBuilder<AuditEntry>();
        foreach (var line in data)
        {
            (var entry, head) = AuditChain.Append(head, line, key);
            entries.Add(entry);
        }

        return (entries.ToImmutable(), head);
    }

    static ImmutableArray<AuditFinding> Verify(ImmutableArray<AuditEntry> entries, AuditHead head) => AuditChain.Verify(AuditHead.None(Northshire), entries, head, Key);

    static AuditHead Head(AuditEntry entry) => new(entry.Organisation, entry.Day, entry.Sequence, entry.Hash);

    static AuditEntry Change(AuditEntry entry, int change) => change switch
    {
        0 => entry with { Data = entry.Data with { At = entry.Data.At.AddTicks(1) } },
        1 => entry with { Data = entry.Data with { Operation = (AuditOperation)(((int)entry.Data.Operation + 1) % 7) } },
        2 => entry with { Data = entry.Data with { Who = entry.Data.Who with { Id = entry.Data.Who.Id + "x" } } },
        3 => entry with { Data = entry.Data with { Who = entry.Data.Who with { Kind = (AuditActorKind)(((int)entry.Data.Who.Kind + 1) % 4) } } },
        4 => entry with { Data = entry.Data with { Whom = entry.Data.Whom is null ? "court" : null } },
        5 => entry with { Data = entry.Data with { What = entry.Data.What.Add("message-x") } },
        6 => entry with { Data = entry.Data with { Why = entry.Data.Why + "x" } },
        7 => entry with { Data = entry.Data with { Agreement = entry.Data.Agreement + "x" } },
        8 => entry with { Data = entry.Data with { Cause = entry.Data.Cause + "x" } },
        9 => entry with { Organisation = new OrganisationId("southshire") },
        10 => entry with { Sequence = entry.Sequence + 1_000 },
        11 => entry with { Day = entry.Day.AddDays(1) },
        12 => entry with { PreviousHash = new string('e', 64) },
        _ => entry with { Hash = new string('e', 64) },
    };
}
