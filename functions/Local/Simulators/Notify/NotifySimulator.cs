using Interop.Core.Json;

namespace Interop.Local.Simulators.Notify;

/// <summary>GOV.UK Notify, as its callers see it. It knows no idempotency: the same request twice is two messages.</summary>
internal sealed class NotifySimulator(string apiKey, PlatformSender callbacks, SentLog sent, TimeProvider clock, TimeProvider wall, NotifyOptions options)
    : SimulatedSystem("notify", clock, sent)
{
    const int LongestSms = 918;
    const int PageSize = 250;
    const int MaxFaults = 1_000;

    static readonly string[] Statuses =
    [
        "cancelled", "created", "sending", "sent", "delivered", "pending", "failed", "technical-failure", "temporary-failure", "permanent-failure",
        "pending-virus-check", "validation-failed", "virus-scan-failed", "returned-letter", "accepted", "received",
    ];

    readonly NotifyKey key = NotifyKey.Parse(apiKey);
    readonly NotifyLimits limits = new(options.CallsPerMinute, options.MessagesPerDay);
    readonly NotifyStore store = new(options.Retention);
    readonly Lock gate = new();
    readonly Queue<NotifyFault> faults = new();

    /// <summary>Every message taken, oldest first.</summary>
    public IReadOnlyList<Notification> Messages => store.All;

    /// <summary>Faults that no call has met yet.</summary>
    public int FaultsWaiting
    {
        get { lock (gate) return faults.Count; }
    }

    /// <summary>Lets the next valid call that asks for a message fail so; several are met in order.</summary>
    public void FailNext(NotifyFault fault)
    {
        lock (gate)
        {
            if (faults.Count >= MaxFaults) throw new InvalidOperationException($"At most {MaxFaults} faults wait for a call.");
            faults.Enqueue(fault);
        }
    }

    protected override void Map(IEndpointRouteBuilder routes)
    {
        foreach (var type in new[] { "sms", "email" })
            routes.MapPost($"/v2/notifications/{type}", context => AnswerAsync(context, body => Send(type, body)));
        routes.MapGet("/v2/notifications/{id}", context => AnswerAsync(context, _ => One((string)context.Request.RouteValues["id"]!)));
        routes.MapGet("/v2/notifications", context => AnswerAsync(context, _ => Page(context.Request)));
        routes.MapGet("/v2/template/{id}", context => AnswerAsync(context, _ => Template((string)context.Request.RouteValues["id"]!)));
    }

    async Task AnswerAsync(HttpContext context, Func<byte[], NotifyAnswer> handle)
    {
        var body = await Answers.ReadAsync(context);
        var answer = NotifyToken.Check(context.Request.Headers.Authorization, key, wall.GetUtcNow()) ?? handle(body);
        await Answers.WriteAsync(context, answer.Status, answer.Body);
    }

    NotifyAnswer Send(string type, byte[] body)
    {
        var (request, refusal) = NotifyRequest.Read(type, body);
        Notification? taken = null;
        var answer = refusal ?? Take(request!, out taken);
        Received.Add(request?.Reference, type, body, taken is not null, Clock.GetUtcNow());
        if (taken is not null) RunInBackground(cancel => LiveAsync(taken, cancel));
        return answer;
    }

    NotifyAnswer Take(NotifyRequest request, out Notification? taken)
    {
        taken = null;
        var now = Clock.GetUtcNow();
        var fault = NextFault();
        if (!limits.TryCall(now) || fault == NotifyFault.RateLimit) return NotifyAnswer.RateLimit(options.KeyType, options.CallsPerMinute);
        if (!limits.IsWithinDay(request.Type, now) || fault == NotifyFault.DailyLimit) return NotifyAnswer.DailyLimit(options.MessagesPerDay);
        if (fault == NotifyFault.InternalError) return NotifyAnswer.Internal();
        var template = options.Templates.FirstOrDefault(known => string.Equals(known.Id, request.TemplateId, StringComparison.OrdinalIgnoreCase));
        if (template is null) return NotifyAnswer.BadRequest("Template not found");
        if (template.Type != request.Type) return NotifyAnswer.BadRequest($"{template.Type} template is not suitable for {request.Type} notification");
        if (template.Missing(request.Personalisation) is { Count: > 0 } missing)
            return NotifyAnswer.BadRequest($"Missing personalisation: {string.Join(", ", missing)}");
        var length = NotifyTemplate.Fill(template.Body, request.Personalisation).Length;
        if (request.Type == "sms" && length > LongestSms)
            return NotifyAnswer.BadRequest($"Text messages cannot be longer than {LongestSms} characters. Your message is {length} characters long.");

        var notification = new Notification(Guid.NewGuid(), request, template, now);
        if (!options.SmokeTests.Contains(Recipient(request)))
        {
            limits.CountMessage(request.Type);
            store.Add(taken = notification);
        }

        return fault == NotifyFault.InternalErrorAfterTaking
            ? NotifyAnswer.Internal()
            : new NotifyAnswer(201, notification.ToCreated(Address, request.Type == "sms" ? "NORTHSHIRE" : "northshire.police@notify.example"));
    }

    NotifyAnswer One(string id)
    {
        if (!Guid.TryParse(id, out var wanted)) return NotifyAnswer.Validation("id is not a valid UUID");
        var found = store.Current(Clock.GetUtcNow()).FirstOrDefault(notification => notification.Id == wanted);
        return found is null ? NotifyAnswer.NotFound() : new NotifyAnswer(200, found.ToData(Address));
    }

    NotifyAnswer Page(HttpRequest request)
    {
        var query = request.Query;
        List<string> wrong =
        [
            .. query["status"].Where(status => !Statuses.Contains(status, StringComparer.Ordinal))
                .Select(status => $"status {status} is not one of [{string.Join(", ", Statuses)}]"),
            .. query["template_type"].Where(type => type is not ("sms" or "email" or "letter")).Select(type => $"template_type {type} is not one of [sms, email, letter]"),
            .. query["older_than"].Where(id => !Guid.TryParse(id, out _)).Select(_ => "older_than is not a valid UUID"),
        ];
        if (wrong.Count > 0) return NotifyAnswer.Validation(wrong);
        var reference = query["reference"].FirstOrDefault();
        var older = Guid.TryParse(query["older_than"].FirstOrDefault(), out var id) ? id : (Guid?)null;
        var current = store.Current(Clock.GetUtcNow());
        var page = (older is null ? current : current.SkipWhile(notification => notification.Id != older).Skip(1))
            .Where(notification => reference is null || notification.Request.Reference == reference)
            .Where(notification => query["status"].Count == 0 || query["status"].Contains(notification.Status, StringComparer.Ordinal))
            .Where(notification => query["template_type"].Count == 0 || query["template_type"].Contains(notification.Request.Type, StringComparer.Ordinal))
            .Take(PageSize).ToArray();
        var links = JsonValue.Of(("current", $"{Address.GetLeftPart(UriPartial.Authority)}{request.Path}{request.QueryString}"));
        if (page.Length > 0) links = links.With("next", new Uri(Address, $"{request.Path}{NextQuery(query, page[^1].Id)}").ToString());
        return new NotifyAnswer(200, JsonValue.Of(("notifications", JsonValue.Of(page.Select(notification => notification.ToData(Address)))), ("links", links)));
    }

    NotifyAnswer Template(string id)
    {
        if (!Guid.TryParse(id, out _)) return NotifyAnswer.Validation("id is not a valid UUID");
        var found = options.Templates.FirstOrDefault(template => string.Equals(template.Id, id, StringComparison.OrdinalIgnoreCase));
        return found is null
            ? NotifyAnswer.NotFound()
            : new NotifyAnswer(200, JsonValue.Of(
                ("id", found.Id), ("type", found.Type), ("version", found.Version), ("subject", found.Subject), ("body", found.Body)));
    }

    async Task LiveAsync(Notification notification, CancellationToken cancel)
    {
        await WaitUntilAsync(notification.CreatedAt + options.SendingAfter, cancel);
        store.Change(notification.Id, known => known with { Status = "sending", SentAt = Clock.GetUtcNow() });
        await WaitUntilAsync(notification.CreatedAt + options.CompletedAfter, cancel);
        var fate = options.Fates.GetValueOrDefault(Recipient(notification.Request), "delivered");
        var completed = store.Change(notification.Id, known => known with { Status = fate, CompletedAt = Clock.GetUtcNow() });
        if (completed is null) return;
        for (var copy = 0; copy < options.CallbackCopies; copy++) await CallBackAsync(completed, cancel);
    }

    async Task CallBackAsync(Notification completed, CancellationToken cancel)
    {
        var message = new OutgoingMessage(
            "delivery-receipt", "application/json", completed.ToReceipt().ToString(), completed.Id.ToString(), completed.CompletedAt ?? completed.CreatedAt, Enveloped: false);
        for (var attempt = 1; ; attempt++)
        {
            var (status, detail) = await callbacks.TryOnceAsync(message, cancel);
            var accepted = status is >= 200 and < 300;
            if (accepted || attempt > options.CallbackRetries)
            {
                Sent.Add(new SentMessage(message.Type, message.Id, accepted ? SendResult.Accepted : SendResult.GaveUp, status, attempt, detail, message.At));
                return;
            }

            await Task.WhenAll(Task.Delay(options.CallbackRetryWait, Clock, cancel), Task.Delay(options.CallbackRetryRealWait, wall, cancel));
        }
    }

    NotifyFault? NextFault()
    {
        lock (gate) return faults.TryDequeue(out var fault) ? fault : null;
    }

    static string Recipient(NotifyRequest request) => request.Type == "sms" ? NotifyRequest.National(request.Recipient) : request.Recipient;

    static QueryString NextQuery(IQueryCollection query, Guid last) => QueryString.Create(query
        .Where(parameter => parameter.Key != "older_than")
        .SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value)))
        .Append(KeyValuePair.Create("older_than", (string?)last.ToString())));
}
