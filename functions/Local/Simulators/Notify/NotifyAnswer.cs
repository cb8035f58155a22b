using Interop.Core.Json;

namespace Interop.Local.Simulators.Notify;

/// <summary>An answer of the API: a status and a JSON body.</summary>
internal sealed record NotifyAnswer(int Status, JsonValue Body)
{
    public static NotifyAnswer Error(int status, string error, params IEnumerable<string> messages) => new(status, JsonValue.Of(
        ("status_code", status),
        ("errors", JsonValue.Of(messages.Select(message => JsonValue.Of(("error", error), ("message", message)))))));

    public static NotifyAnswer BadRequest(string message) => Error(400, "BadRequestError", message);

    public static NotifyAnswer Validation(params IEnumerable<string> messages) => Error(400, "ValidationError", messages);

    public static NotifyAnswer NotFound() => Error(404, "NoResultFound", "No result found");

    public static NotifyAnswer Internal() => Error(500, "Exception", "Internal server error");

    public static NotifyAnswer RateLimit(string keyType, int limit) =>
        Error(429, "RateLimitError", $"Exceeded rate limit for key type {keyType} of {limit} requests per 60 seconds");

    public static NotifyAnswer DailyLimit(int limit) => Error(429, "TooManyRequestsError", $"Exceeded send limits ({limit}) for today");
}
