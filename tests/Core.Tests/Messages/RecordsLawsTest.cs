using CsCheck;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Tests.Messages;

public sealed class RecordsLawsTest
{
    static readonly string[] Kinds = ["suspect-arrested", "charged", Records.PreferenceChanged];
    static readonly string[] Channels = ["sms", "email", "letter"];
    static readonly string[] Roles = ["victim", "witness", "suspect"];
    static readonly string[] Names = ["One", "Two"];
    static readonly string[] GivenNames = ["Victim", "V", "Witness"];

    static readonly Gen<JsonValue> References = Gen.Int[0, 5].Array[1, 3].Select(numbers => JsonValue.Of(numbers.Select(number => new Reference("crime", $"NS/{number}").ToJson())));
    static readonly Gen<JsonValue> Moment = Gen.Int[0, 9].Select(day => JsonValue.Of($"2026-04-0{day + 1}T10:00:00Z".Replace("010T", "10T", StringComparison.Ordinal)));
    static readonly Gen<JsonValue> Markings = Gen.OneOf(Gen.Const(JsonValue.Null), Gen.Bool.Select(sensitive => JsonValue.Of(("tier", "OFFICIAL"), ("sensitive", sensitive))));

    static readonly Gen<JsonValue> Contact = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 7], Gen.Bool, (preferred, safe, number) => Present(
        ("preferred", Channels[preferred]), ("safe", JsonValue.Of(Channels.Where((_, at) => (safe >> at & 1) == 1).Select(channel => JsonValue.Of(channel)))), ("sms", number ? "+447700900417" : null)));

    static readonly Gen<JsonValue> Charges = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], (code, plea) => Present(("code", code == 0 ? null : Names[code - 1]), ("plea", plea == 0 ? null : Kinds[plea])))
        .Array[0, 3].Select(charges => JsonValue.Of(charges));

    static readonly Gen<JsonValue> Person = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Bool, Contact, Gen.Int[0, 3], Charges, (role, given, family, born, contact, some, charges) => Present(
        ("roles", JsonValue.Of(JsonValue.Of(Roles[role]))), ("name", given == 3 ? JsonValue.Null : JsonValue.Of(("given", JsonValue.Of(JsonValue.Of(GivenNames[given]))), ("family", Names[family]))), ("charges", charges),
        ("bail", some == 0 ? JsonValue.Null : Present(("until", some))), ("dateOfBirth", born ? "1984-02-14" : null), ("contact", some == 0 ? JsonValue.Null : contact), ("enhancedRights", some == 1 ? JsonValue.Null : some == 2)));

    static readonly Gen<JsonValue> People = Person.Array[0, 4].Select(persons => JsonValue.Of(persons));

    static readonly Gen<(string Type, JsonValue Record)> Incoming = Gen.OneOf(
        Gen.Select(References, Moment, People, Markings, Moment, (references, reported, persons, marking, arrived) => (Records.Incident, Present(
            ("references", references), ("reportedAt", reported), ("persons", persons), ("marking", marking), ("attendance", JsonValue.Of(("unit", arrived), ("arrivedAt", arrived), ("result", "crime"))),
            ("status", arrived), ("hearings", JsonValue.Of(Present(("at", arrived), ("court", reported)))), ("outcome", Present(("type", reported)))))),
        Gen.Select(References, People, Markings, Moment, (references, persons, marking, at) => (Records.Crime, Present(
            ("references", references), ("offence", "other"), ("status", at), ("persons", persons), ("marking", marking)))),
        Gen.Select(References, Moment, Gen.Int[0, 2], Gen.Int[0, 2], People, (references, at, kind, channel, persons) => (Records.Update, Present(
            ("references", references), ("kind", Kinds[kind]), ("occurredAt", at), ("persons", persons), ("recipient", JsonValue.Of(("name", "Victim One"), ("channel", Channels[channel])))))),
        Gen.Select(References, Person, (references, person) => (Records.Person, person.With("references", references))),
        Gen.Int[0, 3].Select(number => (Records.Receipt, JsonValue.Of(("notification", $"run.{number}"), ("state", "delivered")))));

    static readonly Gen<JsonValue> Merged = Incoming.Array[0, 6].Select(records => records.Aggregate(JsonValue.Null, (sum, one) => Records.Merge(sum, one.Type, one.Record)));

    [Fact]
    public void A_record_merged_twice_is_merged_once() => Gen.Select(Merged, Incoming).Hold((merged, one) =>
    {
        var once = Records.Merge(merged, one.Type, one.Record);
        return Records.Merge(once, one.Type, one.Record).ToString() == once.ToString();
    }, everyTime: 20_000);

    [Fact]
    public void Nothing_known_by_reference_is_lost() => Gen.Select(Merged, Incoming).Hold((merged, one) =>
    {
        var before = Core.Messages.References.Of(merged);
        var after = Core.Messages.References.Of(Records.Merge(merged, one.Type, one.Record));
        return after.Take(before.Length).SequenceEqual(before) && Core.Messages.References.Of(one.Record).All(after.Contains);
    });

    [Fact]
    public void A_marking_never_falls() => Gen.Select(Merged, Incoming).Hold((merged, one) =>
    {
        var after = Marking.Parse(Records.Merge(merged, one.Type, one.Record)["marking"]).Value;
        return Marking.Parse(merged["marking"]).Value.IsAtMost(after) && Marking.Parse(one.Record["marking"]).Value.IsAtMost(after);
    });

    [Fact]
    public void Updates_are_the_latest_in_their_order() => Gen.Select(Merged, Moment.Array[80, 160]).Hold((merged, moments) =>
    {
        var all = moments.Select((at, number) => JsonValue.Of(("kind", "charged"), ("occurredAt", at), ("message", $"{number}"))).ToArray();
        var updates = all.Aggregate(JsonValue.Null, (sum, update) => Records.Merge(sum, Records.Update, update))["updates"];
        return updates.Items.SequenceEqual(all.OrderBy(update => update["occurredAt"].AsString(), StringComparer.Ordinal).TakeLast(Records.MostUpdates));
    }, everyTime: 20);

    static JsonValue Present(params (string Name, JsonValue Value)[] members) => JsonValue.Of([.. members.Where(member => !member.Value.IsNull)]);
}
