using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>The public's website (JSON in the shape of the iHub Standard Data Model): a burglary report, later a change of how the victim wants to be told.</summary>
internal sealed class OnlineContact(PlatformSender sender, SentLog sent, TimeProvider clock, JourneyPlan plan) : SimulatedSystem("online-contact", clock, sent)
{
    /// <summary>The victim reports a burglary now.</summary>
    public void Report() => RunInBackground(cancel => sender.SendAsync(Message("incident-report", Burglary(Clock.GetUtcNow())), cancel));

    /// <summary>The victim changes from text messages to emails after a stretch of simulated time.</summary>
    public void ChangePreference(TimeSpan after)
    {
        var due = Clock.GetUtcNow() + after;
        RunInBackground(async cancel =>
        {
            await WaitUntilAsync(due, cancel);
            await sender.SendAsync(Message("contact-preference", EmailPreferred(Clock.GetUtcNow())), cancel);
        });
    }

    OutgoingMessage Message(string type, JsonValue body) => new(type, "application/json", body.ToString(), body["data"]["id"].AsString(), Clock.GetUtcNow());

    JsonValue Burglary(DateTimeOffset now) => JsonValue.Of(
        ("data", JsonValue.Of(
            ("id", plan.Uuid("report")), ("type", "incident"),
            ("attributes", JsonValue.Of(
                ("incidentType", "CRTP_0003"),
                ("incidentStartDateTime", Seconds(now - TimeSpan.FromMinutes(582))),
                ("incidentEndDateTime", Seconds(now - TimeSpan.FromMinutes(42))),
                ("incidentExactTimeKnown", false),
                ("incidentDescription", "I came home from work and the back door was forced. A laptop and some jewellery are gone."),
                ("incidentInvolvement", "IVLD_0004"),
                ("incidentAnyWitnesses", false),
                ("subjectedToHateCrime", false),
                ("subjectedToThreatAbuseOrAssault", false))),
            ("relationships", JsonValue.Of(
                ("incidentLocation", To("location")), ("victim", To("person")), ("personReporting", To("person")), ("submission", To("submission")))))),
        ("included", JsonValue.Of(
            Included("person", Victim(("contactPreference", "CPNC_0002"), ("safeContactMethods", JsonValue.Of((JsonValue)"CPNC_0002", "CPNC_0001"))))
                .With("relationships", JsonValue.Of(
                    ("currentAddress", To("location")), ("personalTelephone", To("telephone")), ("personalEmail", To("email")))),
            Included("location", JsonValue.Of(
                ("addressLines", JsonValue.Of((JsonValue)"14 Example Terrace")), ("townCity", "Northmouth"), ("postcode", "ZZ99 3WZ"))),
            Included("telephone", JsonValue.Of(("telephoneNumber", plan.VictimTelephone))),
            Included("email", JsonValue.Of(("emailAddress", plan.VictimEmail))),
            Included("submission", JsonValue.Of(
                ("externalReferenceId", "SingleOnlineHome"), ("forceIdentifier", "99"), ("category", "OCR"), ("categorySubcode", "TV1"),
                ("submissionId", plan.Uuid("submission number")), ("submitTime", Milliseconds(now)), ("customerReferenceNumber", plan.ReportReference))))));

    JsonValue EmailPreferred(DateTimeOffset now) => JsonValue.Of(
        ("data", JsonValue.Of(
            ("id", plan.Uuid("preference")), ("type", "contactPreferenceChange"),
            ("attributes", JsonValue.Of(
                ("customerReferenceNumber", plan.ReportReference), ("submissionId", plan.Uuid("preference number")),
                ("submitTime", Milliseconds(now)), ("incidentInvolvement", "IVLD_0004"))),
            ("relationships", JsonValue.Of(("person", To("person")))))),
        ("included", JsonValue.Of(
            Included("person", JsonValue.Of(
                ("givenName", JsonValue.Of((JsonValue)"Victim")), ("surname", "One"),
                ("contactPreference", "CPNC_0001"), ("safeContactMethods", JsonValue.Of((JsonValue)"CPNC_0001")))),
            Included("email", JsonValue.Of(("emailAddress", plan.VictimEmail))))));

    static JsonValue Victim(params (string Name, JsonValue Value)[] contact) => JsonValue.Of(
    [
        ("titleOther", "Ms"), ("givenName", JsonValue.Of((JsonValue)"Victim")), ("surname", "One"), ("dateOfBirth", "1984-02-14"),
        ("gender", "GNDR_0001"), ("ethnicityGroup", "EGRP_0006"), ("under18", false), ("communicationNeeds", false), .. contact,
    ]);

    JsonValue Included(string type, JsonValue attributes) => JsonValue.Of(("id", plan.Uuid(type)), ("type", type), ("attributes", attributes));

    JsonValue To(string type) => JsonValue.Of(("data", JsonValue.Of(JsonValue.Of(("id", plan.Uuid(type)), ("type", type)))));

    static string Seconds(DateTimeOffset at) => Timestamps.InLondon(at, "yyyy-MM-dd'T'HH:mm:sszzz");

    static string Milliseconds(DateTimeOffset at) => Timestamps.InLondon(at, "yyyy-MM-dd'T'HH:mm:ss.fffzzz");
}
