using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Workflows.Definition;

/// <summary>A duration of the definition: fixed, or computed by an expression that gives ISO 8601 text or an inline duration.</summary>
sealed partial record Delay(TimeSpan Fixed, Expression? Computed)
{
    /// <summary>No duration is longer than ten years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    /// <summary>The members of an inline duration, and the length of each.</summary>
    static readonly (string Name, TimeSpan Unit)[] Units =
    [
        ("days", TimeSpan.FromDays(1)),
        ("hours", TimeSpan.FromHours(1)),
        ("minutes", TimeSpan.FromMinutes(1)),
        ("seconds", TimeSpan.FromSeconds(1)),
        ("milliseconds", TimeSpan.FromMilliseconds(1)),
    ];

    public static Outcome<TimeSpan> Read(JsonValue value) => value.Kind switch
    {
        JsonKind.String => Iso8601(value.AsString()),
        JsonKind.Object => Inline(value),
        _ => Wrong(value.ToString()),
    };

    static Outcome<TimeSpan> Inline(JsonValue value)
    {
        if (value.Count == 0) return Wrong("{}");
        var total = 0.0;
        foreach (var (name, amount) in value.Members)
        {
            var unit = Array.Find(Units, unit => unit.Name == name).Unit;
            if (unit == TimeSpan.Zero) return NoUnit(name);
            if (amount.Kind != JsonKind.Number || amount.AsNumber() < 0) return Wrong(value.ToString());
            total += amount.AsNumber() * unit.TotalMilliseconds;
        }

        return Within(total, value.ToString());
    }

    static Outcome<TimeSpan> Iso8601(string text)
    {
        var found = Iso().Match(text);
        if (!found.Success) return Wrong(text);
        var total = new[] { ("w", TimeSpan.FromDays(7)), ("d", Units[0].Unit), ("h", Units[1].Unit), ("m", Units[2].Unit), ("s", Units[3].Unit) }
            .Sum(part => found.Groups[part.Item1].Success ? double.Parse(found.Groups[part.Item1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) * part.Item2.TotalMilliseconds : 0);
        return Within(total, text);
    }

    static Outcome<TimeSpan> Within(double milliseconds, string shown) =>
        milliseconds <= Longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : new Problem("duration", $"The duration is longer than {Longest.TotalDays:0} days. Make it shorter.", Value: Problem.Preview(shown));

    static Problem NoUnit(string name) => new(
        "duration",
        $"\"{Problem.Preview(name)}\" is no unit of time. {(Spelling.Nearest(name, Units.Select(unit => unit.Name)) is { } meant ? $"Did you mean \"{meant}\"?" : $"Use {string.Join(", ", Units.Select(unit => unit.Name))}.")}",
        Value: Problem.Preview(name));

    static Problem Wrong(string shown) => new(
        "duration",
        "This is no duration. Write ISO 8601 such as PT72H or P3D (years and months have no fixed length), or a mapping of days, hours, minutes, seconds and milliseconds.",
        Value: Problem.Preview(shown));

    [GeneratedRegex(@"^P(?=.)((?<w>\d{1,9}(\.\d{1,9})?)W)?((?<d>\d{1,9}(\.\d{1,9})?)D)?(T(?=\d)((?<h>\d{1,9}(\.\d{1,9})?)H)?((?<m>\d{1,9}(\.\d{1,9})?)M)?((?<s>\d{1,9}(\.\d{1,9})?)S)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Iso();
}
