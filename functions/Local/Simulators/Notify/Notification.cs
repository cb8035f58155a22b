using Interop.Core.Json;

namespace Interop.Local.Simulators.Notify;

/// <summary>One message that the service took, as it stands now.</summary>
internal sealed record Notification(Guid Id, NotifyRequest Request, NotifyTemplate Template, DateTimeOffset CreatedAt)
{
    public string Status { get; init; } = "created";

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    string Body => NotifyTemplate.Fill(Template.Body, Request.Personalisation);

    JsonValue Subject => Template.Subject is null ? JsonValue.Null : NotifyTemplate.Fill(Template.Subject, Request.Personalisation);

    bool IsSms => Request.Type == "sms";

    /// <summary>The body of the 201.</summary>
    public JsonValue ToCreated(Uri address, string sender) => JsonValue.Of(
        ("id", Id.ToString()),
        ("reference", Request.Reference),
        ("content", IsSms
            ? JsonValue.Of(("body", Body), ("from_number", sender))
            : JsonValue.Of(("subject", Subject), ("body", Body), ("from_email", sender))),
        ("uri", new Uri(address, $"/v2/notifications/{Id}").ToString()),
        ("template", JsonValue.Of(("id", Template.Id), ("version", Template.Version), ("uri", new Uri(address, $"/v2/template/{Template.Id}").ToString()))),
        ("scheduled_for", JsonValue.Null));

    /// <summary>The body of a GET.</summary>
    public JsonValue ToData(Uri address) => JsonValue.Of(
        ("id", Id.ToString()),
        ("reference", Request.Reference),
        ("email_address", IsSms ? JsonValue.Null : Request.Recipient),
        ("phone_number", IsSms ? Request.Recipient : JsonValue.Null),
        ("line_1", JsonValue.Null), ("line_2", JsonValue.Null), ("line_3", JsonValue.Null), ("line_4", JsonValue.Null),
        ("line_5", JsonValue.Null), ("line_6", JsonValue.Null), ("line_7", JsonValue.Null), ("postage", JsonValue.Null),
        ("type", Request.Type),
        ("status", Status),
        ("template", JsonValue.Of(
            ("id", Template.Id), ("version", Template.Version),
            ("uri", new Uri(address, $"/v2/template/{Template.Id}/version/{Template.Version}").ToString()))),
        ("body", Body),
        ("subject", Subject),
        ("created_at", Timestamps.Micro(CreatedAt)),
        ("created_by_name", JsonValue.Null),
        ("sent_at", Time(SentAt)),
        ("completed_at", Time(CompletedAt)),
        ("scheduled_for", JsonValue.Null),
        ("one_click_unsubscribe", JsonValue.Null));

    /// <summary>The body of a delivery receipt.</summary>
    public JsonValue ToReceipt() => JsonValue.Of(
        ("id", Id.ToString()),
        ("reference", Request.Reference),
        ("to", Request.Recipient),
        ("status", Status),
        ("created_at", Timestamps.Micro(CreatedAt)),
        ("completed_at", Time(CompletedAt)),
        ("sent_at", Time(SentAt)),
        ("notification_type", Request.Type),
        ("template_id", Template.Id),
        ("template_version", Template.Version));

    static JsonValue Time(DateTimeOffset? at) => at is { } time ? Timestamps.Micro(time) : JsonValue.Null;
}
