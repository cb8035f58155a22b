using System.Globalization;
using Interop.Core.Delivery;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Sources;
using Interop.Core.Tests.Clocks;

namespace Interop.Core.Tests.Delivery;

public sealed class RetryCasesTest
{
    static readonly JsonValue Cases = SourceReader.Read(
        File.ReadAllText(Path.Combine(ClockData.Folder("tests"), "Core.Tests", "Delivery", "retry-cases.yaml")), "retry-cases.yaml").Value.ToJson();

    public static TheoryData<string> Names() => [.. Cases.Items.Select(item => item["case"].AsString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decides_as_the_case_says(string name)
    {
        var data = Cases.Items.Single(item => item["case"].AsString() == name);
        var doubt = data["attempts"].Items.Aggregate(default(Doubt), (_, attempt) => After(attempt.AsString().Split(' ')));
        TimeSpan? remembers = data["remembers"].StringOrNull switch { null => TimeSpan.FromDays(7), "ever" => null, var time => System.Xml.XmlConvert.ToTimeSpan(time) };

        var decision = RetryRules.Decide(Enum.Parse<SystemSays>(data["says"].AsString() switch { "has" => "HasIt", "has-not" => "HasItNot", _ => "Nothing" }), doubt, remembers, Timestamps.Parse(data["asked"].AsString())!.Value);

        Assert.Equal(data["decides"].AsString().Replace("-", "", StringComparison.Ordinal), decision.ToString(), ignoreCase: true);
    }

    [Theory]
    [InlineData("P7D", "for 7 days only")]
    [InlineData("P1D", "for 1 day only")]
    [InlineData("PT36H", "for 36 hours only")]
    [InlineData("PT1H", "for 1 hour only")]
    [InlineData("PT90M", "for PT1H30M only")]
    public void Reason_OfAHold_SaysWhatIsKnown(string remembers, string says)
    {
        var reason = RetryRules.Reason("GOV.UK Notify", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), System.Xml.XmlConvert.ToTimeSpan(remembers));

        Assert.StartsWith("It may have got through: it was sent to GOV.UK Notify at 2026-03-01 12:00:00Z, ", reason, StringComparison.Ordinal);
        Assert.Contains(says, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("remembers: P7D", "7.00:00:00", null)]
    [InlineData("remembers: { days: 90 }", "90.00:00:00", null)]
    [InlineData("path: /a", null, null)]
    [InlineData("remembers: P1M", null, "This is no duration.")]
    [InlineData("remembers: seven", null, "This is no duration.")]
    [InlineData("remembers: PT0S", null, "\"remembers\" is shorter than a minute")]
    [InlineData("remembers: P9999D", null, "The duration is longer than 3660 days.")]
    public void Memory_OfADefinition_IsReadOrRefused(string definition, string? time, string? problem)
    {
        var problems = new ProblemList();

        var read = SystemMemory.Read(SourceFields.Of(SourceReader.Read(definition, "system.yaml").Value, problems));

        Assert.Equal(time, read?.ToString(null, CultureInfo.InvariantCulture));
        Assert.Equal(problem is null ? [] : [problem], problems.ToImmutable().Select(found => found.Message[..Math.Min(problem?.Length ?? 0, found.Message.Length)]));
    }

    static Doubt After(string[] attempt) => Doubt.After(Timestamps.Parse(attempt[0])!.Value, attempt[1] is "none" or "unsent" ? 0 : int.Parse(attempt[1], CultureInfo.InvariantCulture), attempt[1] != "unsent");
}
