using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>Reads back what was stored as JSON, and collects what is not as it was written.</summary>
sealed class StoredFields(JsonValue value)
{
    public ProblemList Problems { get; } = new();

    public string Text(string name) => value[name].StringOrNull ?? Wrong(name, "a text", "");

    public string? OptionalText(string name) => value[name].IsNull ? null : Text(name);

    public bool Flag(string name) => value[name].Kind == JsonKind.Boolean ? value[name].AsBoolean() : Wrong(name, "true or false", false);

    public long Whole(string name) =>
        value[name].Kind == JsonKind.Number && long.TryParse(value[name].NumberText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : Wrong(name, "a whole number", 0L);

    public DateTimeOffset Instant(string name) => Timestamps.Parse(value[name].StringOrNull) ?? Wrong(name, "an RFC 3339 date-time", default(DateTimeOffset));

    public DateOnly Day(string name) => Timestamps.ParseDay(value[name].StringOrNull) ?? Wrong(name, "a day", default(DateOnly));

    public T Parsed<T>(string name, Func<string?, Outcome<T>> parse)
    {
        var outcome = parse(value[name].StringOrNull);
        Problems.AddRange(outcome.Problems.Select(problem => problem with { Path = "/" + name }));
        return outcome.Succeeded ? outcome.Value : default!;
    }

    public void Unknown(string name) => Problems.Add(new Problem("unknown-value", $"\"{name}\" holds a kind that is not known.", "/" + name, Problem.Preview(value[name].ToString())));

    T Wrong<T>(string name, string wanted, T otherwise)
    {
        Problems.Add(new Problem("type", $"\"{name}\" must be {wanted}.", "/" + name, Problem.Preview(value[name].ToString())));
        return otherwise;
    }
}
