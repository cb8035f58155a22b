using Interop.Core.Sources;

namespace Interop.Core.Clocks;

/// <summary>Reads one limit out of a table of clocks.</summary>
static class ClockRuleReader
{
    const int MostRights = 12;

    /// <summary>The limit, once for each kind that starts it: <c>id.kind</c> where there are several.</summary>
    public static IEnumerable<ClockRule> Read(SourceNode source, ProblemList problems)
    {
        var fields = SourceFields.Of(source, problems);
        var (standard, enhanced) = Days(fields.RequiredFields("working-days"));
        var ends = fields.Text("ends");
        var rule = new ClockRule(
            fields.RequiredText("id"),
            fields.RequiredText("title"),
            fields.Whole("right", 0, 1, MostRights),
            "",
            "",
            standard,
            enhanced,
            DayField.Required(fields, "from") ?? default,
            DayField.Optional(fields, "until"),
            fields.OneOf("retime", "from-trigger", "from-assessment") == "from-trigger" ? RetimePolicy.FromTrigger : RetimePolicy.FromAssessment,
            fields.RequiredText("source"),
            fields.OneOf("status", "verified", "unverified") == "verified");
        fields.Required("right");
        var kinds = fields.Texts("starts").Distinct(StringComparer.Ordinal).ToArray();
        if (fields.Required("starts") is { } starts && kinds.Length == 0) problems.Add(starts.Place, "required", "\"starts\" is empty. Name the updates that start the clock.");
        if (rule.Until < rule.From) problems.Add(fields.Place, "range", "\"until\" is before \"from\". Give the first and the last day on which it starts clocks.");
        fields.RefuseOthers();
        return kinds.Select(kind => rule with { Id = kinds.Length == 1 ? rule.Id : $"{rule.Id}.{kind}", Starts = kind, Ends = ends ?? kind });
    }

    // Either all: n, or enhanced: n with or without standard: n.
    static (int? Standard, int Enhanced) Days(SourceFields days)
    {
        var all = days.Optional("all") is not null;
        if (all && (days.Optional("standard") ?? days.Optional("enhanced")) is { } both)
            days.Problems.Add(both.Place, "unknown-field", "\"all\" stands for every victim. Leave out \"standard\" and \"enhanced\", or leave out \"all\".");
        if (!all) days.Required("enhanced");
        var enhanced = days.Whole(all ? "all" : "enhanced", 1, 1, WorkingDays.MostDays);
        int? standard = all ? enhanced : days.Optional("standard") is null ? null : days.Whole("standard", 1, 1, WorkingDays.MostDays);
        if (standard < enhanced) days.Problems.Add(days.Place, "range", "Enhanced rights are never slower than the standard. Exchange the numbers.");
        days.RefuseOthers();
        return (standard, enhanced);
    }
}
