using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>The court's listing system (JSON, times with an offset): lists a hearing for a charged case and sends its result.</summary>
internal sealed class CourtListing(PlatformSender sender, SentLog sent, TimeProvider clock, JourneyPlan plan) : SimulatedSystem("court-listing", clock, sent)
{
    static readonly TimeSpan HearingTakes = TimeSpan.FromMinutes(160);

    readonly KeptAnswers answers = new();

    protected override void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/charges", ChargeAsync);

    // Told by the prosecution, not by the platform: no key, but each URN once.
    async Task ChargeAsync(HttpContext context)
    {
        var body = await Answers.ReadAsync(context);
        var parsed = JsonValue.Parse(body);
        if (!parsed.Succeeded || parsed.Value["caseUrn"].StringOrNull is not { } urn)
        {
            await Answers.WriteAsync(context, 400, JsonValue.Of(("error", "A charge is JSON with a caseUrn.")));
            return;
        }

        var (answer, performed) = answers.GetOrPerform(urn, body, () => Listed(urn));
        Received.Add(urn, "charge", body, performed, Clock.GetUtcNow());
        await Answers.WriteAsync(context, answer?.Status ?? 409, "application/json", answer?.Body ?? "{}"u8.ToArray());
    }

    KeptAnswer Listed(string urn)
    {
        var chargedAt = Clock.GetUtcNow();
        RunInBackground(cancel => ListAsync(urn, chargedAt, cancel));
        return new KeptAnswer(202, "application/json", JsonValue.Of(("caseUrn", urn)).ToUtf8());
    }

    async Task ListAsync(string urn, DateTimeOffset chargedAt, CancellationToken cancel)
    {
        var listedAt = plan.Days.PlusAt(chargedAt, plan.ListingDays, new TimeOnly(11, 15));
        var hearingAt = plan.Days.PlusAt(listedAt, plan.HearingDays, new TimeOnly(10, 0));
        await WaitUntilAsync(listedAt, cancel);
        await SendAsync("hearing", $"CL-H-{urn}", id => JsonValue.Of(
            ("messageId", id), ("caseUrn", urn), ("listedAt", Offset(Clock.GetUtcNow())),
            ("sitting", JsonValue.Of(("startsAt", Offset(hearingAt)), ("courtHouse", "Northmouth Magistrates' Court"), ("hearingType", "FHG")))), cancel);
        await WaitUntilAsync(hearingAt + HearingTakes, cancel);
        await SendAsync("result", $"CL-R-{urn}", id => JsonValue.Of(
            ("messageId", id), ("caseUrn", urn), ("resultedAt", Offset(Clock.GetUtcNow())),
            ("outcome", JsonValue.Of(
                ("plea", "G"), ("verdict", "G"),
                ("sentenceText", "Community order for 18 months with 200 hours of unpaid work, and compensation of 850 pounds to the victim")))), cancel);
    }

    Task SendAsync(string type, string id, Func<string, JsonValue> body, CancellationToken cancel) =>
        sender.SendAsync(new OutgoingMessage(type, "application/json", body(id).ToString(), id, Clock.GetUtcNow()), cancel);

    static string Offset(DateTimeOffset at) => Timestamps.InLondon(at, "yyyy-MM-dd'T'HH:mm:sszzz");
}
