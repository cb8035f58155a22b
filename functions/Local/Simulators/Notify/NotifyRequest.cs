using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Local.Simulators.Notify;

/// <summary>A request to send one message, with every fault of its form.</summary>
internal sealed partial record NotifyRequest(string Type, string Recipient, string TemplateId, JsonValue Personalisation, string? Reference)
{
    static readonly Dictionary<string, Dictionary<string, Func<JsonValue, string?>>> Fields = new(StringComparer.Ordinal)
    {
        ["sms"] = new(StringComparer.Ordinal)
        {
            ["phone_number"] = PhoneNumber,
            ["template_id"] = Uuid,
            ["personalisation"] = Object,
            ["reference"] = Text,
            ["sms_sender_id"] = Uuid,
        },
        ["email"] = new(StringComparer.Ordinal)
        {
            ["email_address"] = EmailAddress,
            ["template_id"] = Uuid,
            ["personalisation"] = Object,
            ["reference"] = Text,
            ["email_reply_to_id"] = Uuid,
            ["one_click_unsubscribe_url"] = SecureUrl,
        },
    };

    static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["sms"] = ["phone_number", "template_id"],
        ["email"] = ["email_address", "template_id"],
    };

    /// <summary>The request in a body, or the refusal that lists every fault.</summary>
    public static (NotifyRequest? Request, NotifyAnswer? Refusal) Read(string type, ReadOnlySpan<byte> body)
    {
        var parsed = JsonValue.Parse(body, new JsonLimits(SimulatedSystem.MaxBodyBytes, 64));
        if (!parsed.Succeeded) return (null, NotifyAnswer.BadRequest("Invalid JSON supplied in POST data"));
        if (parsed.Value.Kind != JsonKind.Object) return (null, NotifyAnswer.Validation($"{parsed.Value} is not of type object"));
        var given = parsed.Value;
        var fields = Fields[type];
        List<string> faults =
        [
            .. Required[type].Where(name => !given.TryGet(name, out _)).Select(name => $"{name} is a required property"),
            .. given.Members.Where(member => !fields.ContainsKey(member.Key))
                .Select(member => $"Additional properties are not allowed ({member.Key} was unexpected)"),
            .. given.Members.Where(member => fields.ContainsKey(member.Key))
                .Select(member => fields[member.Key](member.Value) is { } fault ? $"{member.Key} {fault}" : null).OfType<string>(),
        ];
        if (faults.Count > 0) return (null, NotifyAnswer.Validation(faults));
        var recipient = given[Required[type][0]].AsString();
        return (new NotifyRequest(type, recipient, given["template_id"].AsString(), given["personalisation"], given["reference"].StringOrNull), null);
    }

    /// <summary>The digits of a UK mobile number without country code or trunk 0.</summary>
    public static string National(string phoneNumber)
    {
        var digits = string.Concat(phoneNumber.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.StartsWith("44", StringComparison.Ordinal) ? digits[2..].TrimStart('0') : digits;
    }

    static string? Text(JsonValue value) => value.Kind == JsonKind.String ? null : $"{value} is not of type string";

    static string? Object(JsonValue value) => value.Kind == JsonKind.Object ? null : $"{value} is not of type object";

    static string? Uuid(JsonValue value) => Guid.TryParse(value.StringOrNull, out _) ? null : "is not a valid UUID";

    static string? SecureUrl(JsonValue value) =>
        Uri.TryCreate(value.StringOrNull, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? null : "is not a valid https url";

    static string? EmailAddress(JsonValue value) => EmailPattern().IsMatch(value.StringOrNull ?? "") ? null : "is not a valid email address";

    static string? PhoneNumber(JsonValue value)
    {
        if (value.StringOrNull is not { } text) return Text(value);
        if (!PhoneCharacters().IsMatch(text)) return "Must not contain letters or symbols";
        var national = National(text);
        return national switch
        {
            { Length: < 10 } => "Not enough digits",
            { Length: > 10 } => "Too many digits",
            _ when national[0] != '7' => "Not a UK mobile number",
            _ => null,
        };
    }

    [GeneratedRegex(@"^[0-9+()\s./-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PhoneCharacters();

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{2,63}$",
        RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EmailPattern();
}
