using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>Records management (vendor JSON, local times dd/MM/yyyy HH:mm): creates occurrences, then tells of the investigation by webhook.</summary>
internal sealed class Rms(string apiKey, PlatformSender sender, SentLog sent, TimeProvider clock, JourneyPlan plan) : SimulatedSystem("rms", clock, sent)
{
    const string Minute = "dd/MM/yyyy HH:mm";

    static readonly JsonValue Officer = JsonValue.Of(("collarNo", "4417"), ("name", "Officer One"), ("tel", "07700 900417"));

    static readonly JsonValue Suspect = JsonValue.Of(JsonValue.Of(
        ("roles", JsonValue.Of((JsonValue)"S")), ("forenames", JsonValue.Of((JsonValue)"Suspect")), ("surname", "One"), ("dob", "02/07/1997"), ("sex", 1)));

    static readonly string[] Required = ["sourceRefs", "status", "offenceCode"];

    readonly KeptAnswers answers = new();
    int created;

    /// <summary>Called before an event of the type is sent.</summary>
    public Action<string> EventComing { get; set; } = _ => { };

    /// <summary>Called when the platform has taken an event of the type.</summary>
    public Action<string> EventTaken { get; set; } = _ => { };

    protected override void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/occurrences", CreateAsync);

    async Task CreateAsync(HttpContext context)
    {
        var body = await Answers.ReadAsync(context);
        if (!CallerProof.IsBearer(context.Request, apiKey))
        {
            await Answers.WriteAsync(context, 401, Error("The API key is missing or wrong."));
            return;
        }

        var problems = Problems(body, out var occurrence);
        var key = Answers.IdempotencyKey(context);
        var (answer, performed) = problems.Count > 0
            ? (new KeptAnswer(422, "application/json", Error([.. problems]).ToUtf8()), false)
            : answers.GetOrPerform(key, body, () => Created(occurrence));
        Received.Add(key, "occurrence", body, performed, Clock.GetUtcNow());
        answer ??= new KeptAnswer(409, "application/json", Error("This Idempotency-Key came before with another occurrence.").ToUtf8());
        await Answers.WriteAsync(context, answer.Status, answer.ContentType, answer.Body);
    }

    KeptAnswer Created(JsonValue occurrence)
    {
        var now = Clock.GetUtcNow();
        var number = (plan.Number * 10) + created++;
        var crimeReference = $"NS/{number:0000000}/{Timestamps.InLondon(now, "yy")}";
        RunInBackground(cancel => InvestigateAsync(crimeReference, number, now, cancel));
        return new KeptAnswer(201, "application/json", JsonValue.Of(
            ("result", "CREATED"),
            ("occurrenceNo", $"OCC-{Timestamps.InLondon(now, "yyyy")}-{number:0000000}"),
            ("crimeRef", crimeReference),
            ("offenceCode", occurrence["offenceCode"]),
            ("status", "REC"),
            ("recordedOn", Timestamps.InLondon(now, Minute))).ToUtf8());
    }

    async Task InvestigateAsync(string crimeReference, int number, DateTimeOffset createdAt, CancellationToken cancel)
    {
        var count = 0;
        foreach (var step in plan.RmsSteps)
        {
            await WaitUntilAsync(plan.Days.PlusAt(createdAt, step.WorkingDays, step.At, step.CalendarDays), cancel);
            EventComing(step.EventType);
            var id = $"EV-{number:0000000}-{++count:00}";
            var body = Event(step.EventType, id, crimeReference, Clock.GetUtcNow());
            var result = await sender.SendAsync(new OutgoingMessage("status-event", "application/json", body.ToString(), id, Clock.GetUtcNow()), cancel);
            if (result.Result == SendResult.Accepted) EventTaken(step.EventType);
        }
    }

    JsonValue Event(string type, string id, string crimeReference, DateTimeOffset at)
    {
        var told = JsonValue.Of(
            ("eventId", id), ("eventType", type), ("crimeRef", crimeReference), ("eventTime", Timestamps.InLondon(at, Minute)), ("oic", Officer));
        return type switch
        {
            "ARST" or "FSPS" => told.With("nominals", Suspect),
            "BAIL" => told.With("bail", JsonValue.Of(
                ("conditions", JsonValue.Of((JsonValue)"Not to contact the victim directly or indirectly", "Not to enter Example Terrace, Northmouth")),
                ("returnOn", Timestamps.InLondon(plan.Days.PlusAt(at, 20, new TimeOnly(10, 0)), Minute)))),
            _ => told,
        };
    }

    static List<string> Problems(byte[] body, out JsonValue occurrence)
    {
        occurrence = JsonValue.Null;
        var parsed = JsonValue.Parse(body);
        if (!parsed.Succeeded) return [.. parsed.Problems.Select(problem => problem.Message)];
        var given = occurrence = parsed.Value["occurrence"];
        return [.. Required.Where(name => given[name].IsNull).Select(name => $"occurrence.{name} is required.")];
    }

    static JsonValue Error(params string[] messages) => JsonValue.Of(("result", "REJECTED"), ("errors", JsonValue.Of(messages.Select(JsonValue.Of))));
}
