using System.Xml.Linq;
using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>The prosecution's case management (XML): takes a case file, answers its URN, decides some days later and tells the court of a charge.</summary>
internal sealed class CaseManagement(
    string apiKey, PlatformSender sender, HttpClient http, Func<Uri> court, SentLog sent, TimeProvider clock, TimeProvider wall, JourneyPlan plan)
    : SimulatedSystem("case-management", clock, sent)
{
    const string Xml = "application/xml";
    const int CourtAttempts = 20;
    const string Charge = "Burglary of a dwelling, contrary to section 9(1)(b) of the Theft Act 1968";

    readonly KeptAnswers answers = new();
    int taken;

    protected override void Map(IEndpointRouteBuilder routes) => routes.MapPost("/case-files", TakeAsync);

    async Task TakeAsync(HttpContext context)
    {
        var body = await Answers.ReadAsync(context);
        if (!CallerProof.IsSigned(context.Request, body, apiKey, wall.GetUtcNow()))
        {
            await Answers.WriteAsync(context, 401, Xml, Error("The signature is missing, wrong or older than five minutes."));
            return;
        }

        var problems = Problems(body, out var file);
        var key = Answers.IdempotencyKey(context);
        var (answer, performed) = problems.Count > 0
            ? (new KeptAnswer(422, Xml, Error([.. problems])), false)
            : answers.GetOrPerform(key, body, () => Registered(file!));
        Received.Add(key, "case-file", body, performed, Clock.GetUtcNow());
        answer ??= new KeptAnswer(409, Xml, Error("This Idempotency-Key came before with another case file."));
        await Answers.WriteAsync(context, answer.Status, answer.ContentType, answer.Body);
    }

    KeptAnswer Registered(XElement file)
    {
        var now = Clock.GetUtcNow();
        var urn = $"99NS{(plan.Number + taken++) % 100_000:00000}{Timestamps.InLondon(now, "yy")}";
        var crime = Crime(file)!;
        RunInBackground(cancel => DecideAsync(urn, crime, now, cancel));
        return new KeptAnswer(201, Xml, Documents.Bytes(new XElement("CaseFileReceipt",
            new XAttribute("schemaVersion", "1.0"),
            new XElement("Urn", urn),
            PoliceReference(crime),
            new XElement("Code", file.Element("ProposedCharge")!.Element("Code")!.Value),
            new XElement("CaseStatus", "AWAITING-DECISION"))));
    }

    async Task DecideAsync(string urn, string crime, DateTimeOffset takenAt, CancellationToken cancel)
    {
        await WaitUntilAsync(plan.Days.PlusAt(takenAt, plan.DecisionDays, new TimeOnly(14, 5)), cancel);
        var id = $"CD-{urn}";
        var decision = new XElement("ChargingDecision",
            new XAttribute("schemaVersion", "1.0"), new XAttribute("messageId", id),
            new XElement("Urn", urn),
            PoliceReference(crime),
            new XElement("DecisionMade", Timestamps.InLondon(Clock.GetUtcNow(), "yyyy-MM-dd'T'HH:mm:ss")),
            new XElement("Decision", plan.Charged ? "B1" : "K1"),
            plan.Charged ? new XElement("Charge", Charge) : new XElement("Reason", "There is not enough evidence for a realistic prospect of conviction."));
        var result = await sender.SendAsync(
            new OutgoingMessage("charging-decision", Xml, Documents.Text(decision), id, Clock.GetUtcNow(), Enveloped: false), cancel);
        if (plan.Charged && result.Result == SendResult.Accepted) await TellCourtAsync(urn, cancel);
    }

    async Task TellCourtAsync(string urn, CancellationToken cancel)
    {
        var body = JsonValue.Of(("caseUrn", urn), ("charge", Charge)).ToUtf8();
        for (var attempt = 1; attempt <= CourtAttempts; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(court(), "/api/charges")) { Content = new ByteArrayContent(body) };
                request.Headers.Add("Idempotency-Key", urn);
                using var response = await http.SendAsync(request, cancel);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (attempt < CourtAttempts)
            {
                // The court's system is not there yet; it is asked again below.
            }

            await Task.Delay(ResendPolicy.Default.WaitAfter(attempt), wall, cancel);
        }

        throw new InvalidOperationException($"The court did not take the charge of {urn} in {CourtAttempts} attempts.");
    }

    static List<string> Problems(byte[] body, out XElement? file)
    {
        (file, var problem) = Documents.Read(body);
        if (file is null) return [problem];
        if (file.Name.LocalName != "CaseFile") return [$"The root is {file.Name.LocalName}; CaseFile was expected."];
        List<string> missing = [];
        if (Crime(file) is null) missing.Add("Header/PoliceReference[@system='CRIME'] is required.");
        if (file.Element("ProposedCharge")?.Element("Code") is null) missing.Add("ProposedCharge/Code is required.");
        if (file.Elements("Party").All(party => party.Elements("Role").All(role => role.Value != "SUSPECT"))) missing.Add("A Party with the Role SUSPECT is required.");
        return missing;
    }

    static string? Crime(XElement file) =>
        file.Element("Header")?.Elements("PoliceReference").FirstOrDefault(reference => (string?)reference.Attribute("system") == "CRIME")?.Value;

    static XElement PoliceReference(string crime) => new("PoliceReference", new XAttribute("system", "CRIME"), crime);

    static byte[] Error(params string[] messages) =>
        Documents.Bytes(new XElement("CaseFileRejection", messages.Select(message => new XElement("Reason", message))));
}
