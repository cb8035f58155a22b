using Interop.Core.Json;
using Interop.Core.Tests.Mapping;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>The shipped workflow, played with scripted answers; what it delivers is held to the canonical schemas.</summary>
public sealed class VictimJourneyTests
{
    const string File = "workflows/victim-journey.yaml";

    static readonly Workflow Journey = Play.Load(System.IO.File.ReadAllText(Path.Combine(Repository.Mappings, File)));

    static readonly JsonValue Report = Json("""
        {"references":[{"kind":"online-report","value":"NSH-1"}],"reportedAt":"2026-03-30T16:00:00Z","offence":"burglary-dwelling","description":"The back door was forced.",
         "persons":[{"roles":["victim","reporter"],"name":{"title":"Ms","given":["Victim"],"family":"One"},
           "contact":{"preferred":"sms","safe":["sms","email"],"sms":"+447700900123","email":"victim.one@example.org"}}]}
        """);

    static readonly JsonValue Recorded = Json("""{"effect":"x","references":[{"kind":"occurrence","value":"OCC-1"},{"kind":"crime","value":"NS/1/26"}],"offence":"burglary-dwelling","status":"recorded","recordedAt":"2026-03-30T17:01:00Z"}""");

    [Fact]
    public void An_incident_reported_starts_one_run_for_its_subject()
    {
        Assert.True(Journey.Start!.Starts(Event("incident.reported", Report)));
        Assert.False(Journey.Start.Starts(Event("incident.attended", Report)));
        Assert.Equal(Journey.Start.CorrelationKey(Event("incident.reported", Report)), Journey.Start.CorrelationKey(Event("incident.reported", JsonValue.EmptyObject).With("id", "another")));
    }

    [Fact]
    public void The_victim_is_kept_informed_to_the_end()
    {
        var play = Begin(Report);
        var crime = Delivered(play, "records-management");
        Assert.Equal("occurrence", crime["message"].AsString());
        AssertFits("crime", crime["record"]);
        play.Done("deliver", Recorded);

        Assert.Equal("We have recorded the crime you reported. Thank you for telling us. We will tell you what happens next.", Tell(play, Report, "sms")["message"].AsString());

        play.Arrive(Event("incident.attended", Report.With("attendance", Json("""{"unit":"NE21","arrivedAt":"2026-03-30T17:52:10Z","result":"crime"}"""))));
        play.Arrive(Updated("officer-assigned", """{"officer":{"collarNumber":"4417","name":"Officer One","telephone":"+447700900417"}}"""));
        Assert.Equal("An officer is now looking into your case: Officer One, telephone +447700900417.", Tell(play, Report, "sms")["message"].AsString());

        // Midway the victim changes the channel.
        var changed = Report.With("persons", JsonValue.Of(Report["persons"][0].With("contact", Json("""{"preferred":"email","safe":["email"],"email":"victim.one@example.org"}"""))));
        play.Arrive(Event("contact.changed", Json("""{"references":[{"kind":"online-report","value":"NSH-1"}],"roles":["victim"],"name":{"given":["Victim"],"family":"One"}}""")));
        Assert.Equal("preference-changed", Tell(play, changed, "email")["kind"].AsString());

        play.Arrive(Updated("suspect-arrested", """{"persons":[{"roles":["suspect"],"name":{"given":["Suspect"],"family":"One"}}]}"""));
        Assert.True(Tell(play, changed, "email")["persons"].IsNull);
        play.Arrive(Updated("suspect-released-on-bail", """{"bail":{"conditions":["Not to contact the victim"],"until":"2026-04-30T09:00:00Z"}}"""));
        Assert.Contains("Not to contact the victim. They must come back on 30 April 2026 at 10:00.", Tell(play, changed, "email")["message"].AsString(), StringComparison.Ordinal);

        // The case file goes while the victim is told.
        play.Arrive(Updated("file-sent", """{"officer":{"collarNumber":"4417"},"persons":[{"roles":["suspect"],"name":{"given":["Suspect"],"family":"One"}}]}"""));
        Assert.Equal(2, play.State.Waiting.Count(waiting => waiting.What == "lookup"));
        play.Done("lookUpCase", changed.With("crime", Recorded.Without("effect")));
        var file = Delivered(play, "prosecution");
        Assert.Equal("prosecution", file["purpose"].AsString());
        AssertFits("crime", file["record"]);
        Assert.Equal("awaiting-decision", file["record"]["status"].AsString());
        Assert.Equal(2, file["record"]["persons"].Count);
        Assert.DoesNotContain("contact", file["record"].ToString(), StringComparison.Ordinal);
        play.Done("deliverFile", Json("""{"effect":"x","references":[{"kind":"urn","value":"99NS0000126"}]}"""));
        Tell(play, changed, "email");

        play.Arrive(Updated("charged", """{"decision":{"charges":["Burglary of a dwelling"]}}"""));
        Assert.Equal("A person has been charged in your case: Burglary of a dwelling. We will tell you the date of the court hearing.", Tell(play, changed, "email")["message"].AsString());
        play.Arrive(Updated("hearing-listed", """{"hearing":{"at":"2026-11-30T10:00:00Z","court":"Northmouth Magistrates' Court","purpose":"first-hearing"}}"""));
        Assert.Equal("There will be a court hearing in your case on 30 November 2026 at 10:00 at Northmouth Magistrates' Court.", Tell(play, changed, "email")["message"].AsString());
        play.Arrive(Updated("court-result", """{"result":{"plea":"guilty","verdict":"guilty","sentence":"8 months"}}"""));
        Assert.Equal("The court has reached the end of your case. The verdict is: guilty. The sentence is: 8 months.", Tell(play, changed, "email")["message"].AsString());

        Assert.Equal(RunStatus.Completed, play.State.Status);
        Assert.Equal("incident-1", play.State.Output["subject"].AsString());
    }

    [Fact]
    public void A_message_that_does_not_arrive_goes_by_the_other_safe_channel()
    {
        var play = Confirming();
        play.Done("lookup", Report);
        Sent(play, "sms");
        play.Done("sendSms", Json("""{"effect":"first"}"""));
        play.Arrive(Receipt("first", "sending"));
        Assert.Equal("no-listener", play.Refusal?.Rule);
        play.Arrive(Receipt("another", "delivered"));
        Assert.Single(play.State.Inbox);
        play.Arrive(Receipt("first", "failed"));
        Sent(play, "email");
        play.Done("sendEmail", Json("""{"effect":"second"}"""));
        play.Arrive(Receipt("second", "delivered"));
        Assert.Contains(play.State.Waiting, waiting => waiting.What.Contains("case.updated", StringComparison.Ordinal));
    }

    [Fact]
    public void A_channel_that_refuses_for_good_is_left_at_once_and_a_busy_one_is_tried_again()
    {
        var play = Confirming();
        play.Done("lookup", Report);
        play.Failed("sendSms", new WorkflowError(WorkflowError.Communication, 429, "Busy"));
        play.Fire("functions/sendUpdate");
        Sent(play, "sms");
        play.Failed("sendSms", new WorkflowError(WorkflowError.Communication, 400, "No such number"));
        Sent(play, "email");
    }

    [Fact]
    public void Without_a_receipt_in_half_an_hour_the_next_update_is_told()
    {
        var play = WithoutReceipt();
        Assert.Equal(TimeSpan.FromMinutes(30), play.Now - Play.Begin);
        play.Arrive(Updated("officer-assigned", "{}"));
        Assert.Equal("officer-assigned", Tell(play, Report, "sms")["kind"].AsString());
    }

    [Fact]
    public void A_message_that_is_known_late_not_to_have_arrived_goes_by_the_other_safe_channel()
    {
        var play = WithoutReceipt();
        play.Arrive(Receipt("first", "failed"));
        Assert.Equal("incident-recorded", Tell(play, Report, "email")["kind"].AsString());
        play.Arrive(Receipt("first", "failed"));
        Assert.DoesNotContain(play.State.Waiting, waiting => waiting.Kind == WaitingKind.Call);
    }

    [Theory]
    [InlineData("delivered", RunStatus.Completed)]
    [InlineData("failed", RunStatus.Waiting)]
    public void The_run_does_not_end_before_the_last_receipt(string state, RunStatus then)
    {
        var play = WithoutReceipt();
        play.Arrive(Updated("not-charged", "{}"));
        Tell(play, Report, "sms");
        Assert.Equal(RunStatus.Waiting, play.State.Status);
        play.Arrive(Receipt("first", state));
        Assert.Equal(then, play.State.Status);
        if (state == "delivered") return;
        Assert.Equal("incident-recorded", Tell(play, Report, "email")["kind"].AsString());
        Assert.Equal(RunStatus.Completed, play.State.Status);
    }

    [Fact]
    public void The_run_ends_when_a_last_receipt_does_not_come_in_72_hours()
    {
        var play = WithoutReceipt();
        play.Arrive(Updated("not-charged", "{}"));
        Tell(play, Report, "sms");
        play.Fire("receiveLate");
        Assert.Equal(RunStatus.Completed, play.State.Status);
    }

    [Fact]
    public void A_receipt_that_came_meanwhile_lets_the_run_end_at_once()
    {
        var play = WithoutReceipt();
        play.Arrive(Receipt("first", "delivered"));
        play.Arrive(Updated("not-charged", "{}"));
        Tell(play, Report, "sms");
        Assert.Equal(RunStatus.Completed, play.State.Status);
    }

    [Fact]
    public void When_every_channel_has_failed_a_person_is_asked()
    {
        var play = WithoutReceipt();
        play.Arrive(Receipt("first", "failed"));
        play.Done("lookup", Report);
        play.Failed("sendEmail", new WorkflowError(WorkflowError.Communication, 400, "No such address"));
        var held = Assert.Single(play.Effects.OfType<Effect.Emit>()).CloudEvent;
        Assert.Equal("A victim was not told of incident-recorded: No such address. Tell them in person.", held["attention"].AsString());
    }

    [Theory]
    [InlineData("""{"preferred":"sms","safe":[],"sms":"+447700900123"}""")]
    [InlineData("""{"preferred":"none","safe":["sms"],"sms":"+447700900123"}""")]
    [InlineData("""{"preferred":"sms","safe":["sms"]}""")]
    public void Without_a_safe_channel_the_update_is_held_and_the_run_goes_on(string contact)
    {
        var play = Confirming();
        play.Done("lookup", Report.With("persons", JsonValue.Of(Report["persons"][0].With("contact", Json(contact)))));
        var held = Assert.Single(play.Effects.OfType<Effect.Emit>()).CloudEvent;
        Assert.Equal("victim.update.held", held["type"].AsString());
        Assert.Equal("incident-1", held["subject"].AsString());
        Assert.Equal("incident-recorded", held["data"]["kind"].AsString());
        Assert.Equal("A victim was not told of incident-recorded: no safe channel is left. Tell them in person.", held["attention"].AsString());
        Assert.Contains(play.State.Waiting, waiting => waiting.What.Contains("case.updated", StringComparison.Ordinal));
    }

    [Fact]
    public void Updates_that_come_during_a_telling_are_told_in_their_order()
    {
        var play = Confirming();
        play.Arrive(Updated("officer-assigned", "{}"));
        play.Arrive(Updated("suspect-arrested", "{}"));
        Assert.Equal(2, play.State.Inbox.Length);
        Tell(play, Report, "sms");
        Assert.Equal("officer-assigned", Tell(play, Report, "sms")["kind"].AsString());
        Assert.Equal("suspect-arrested", Tell(play, Report, "sms")["kind"].AsString());
        Assert.Empty(play.State.Inbox);
    }

    static Play Begin(JsonValue report) => Play.Start(Journey, JsonValue.Of(Event("incident.reported", report)));

    static Play Confirming() => Begin(Report).Done("deliver", Recorded);

    static Play WithoutReceipt()
    {
        var play = Confirming();
        play.Done("lookup", Report);
        play.Done("sendSms", Json("""{"effect":"first"}"""));
        play.Fire("receive");
        return play;
    }

    /// <summary>Plays one telling that succeeds, and gives the update that was sent.</summary>
    static JsonValue Tell(Play play, JsonValue found, string channel)
    {
        play.Done("lookup", found);
        var record = Sent(play, channel);
        var effect = play.Pending("deliver", WaitingKind.Call);
        play.Done("deliver", JsonValue.Of(("effect", effect.ToString())));
        play.Arrive(Receipt(effect.ToString(), "delivered"));
        return record;
    }

    static JsonValue Sent(Play play, string channel)
    {
        var delivery = Delivered(play, "victim-notification");
        Assert.Equal(channel, delivery["message"].AsString());
        Assert.Equal(channel, delivery["record"]["recipient"]["channel"].AsString());
        Assert.False(delivery["record"]["recipient"][channel].IsNull);
        AssertFits("update", delivery["record"]);
        Assert.Contains(delivery["record"]["references"].Items, reference => reference["kind"] == "crime");
        return delivery["record"];
    }

    static JsonValue Delivered(Play play, string role)
    {
        var call = play.State.Waiting.Where(waiting => waiting.What == "deliver").Select(waiting => (Effect.CallFunction)play.Asked(waiting.Effect!.Value)).Single(call => call.Arguments["to"] == role);
        Assert.Equal(role == "victim-notification", call.ErrorIsCaught);
        return call.Arguments;
    }

    static void AssertFits(string record, JsonValue value) => Assert.Empty(Repository.Canonical[record].Validate(value));

    static JsonValue Updated(string kind, string more)
    {
        var update = Json("""{"references":[{"kind":"crime","value":"NS/1/26"}],"occurredAt":"2026-04-02T16:59:00Z"}""").With("kind", kind);
        return Event("case.updated", Json(more).Members.Aggregate(update, (so, member) => so.With(member.Key, member.Value)));
    }

    static JsonValue Receipt(string notification, string state) =>
        JsonValue.Of(("type", "update.receipt"), ("subject", "incident-1"), ("data", JsonValue.Of(("notification", notification), ("state", state), ("at", "2026-03-30T18:00:00Z"))));

    static JsonValue Event(string type, JsonValue data) => JsonValue.Of(("type", type), ("source", "/organisations/northshire/systems/rms"), ("subject", "incident-1"), ("time", "2026-04-02T17:00:00Z"), ("data", data));

    static JsonValue Json(string text) => JsonValue.Parse(text).Value;
}
