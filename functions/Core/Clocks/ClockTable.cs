using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Clocks;

/// <summary>The time limits and the calendar they are counted on: dated, versioned data.</summary>
public sealed record ClockTable(string Version, ImmutableArray<ClockRule> Rules, WorkingDays Calendar)
{
    /// <summary>Reads mappings/clocks/victims-code.yaml and mappings/clocks/bank-holidays-england-wales.yaml, or every problem with its place.</summary>
    public static Outcome<ClockTable> Load(SourceNode victimsCode, SourceNode bankHolidays)
    {
        var problems = new ProblemList();
        var calendar = WorkingDays.Load(bankHolidays);
        problems.AddRange(calendar.Problems);
        var fields = SourceFields.Of(victimsCode, problems);
        fields.OneOf("clocks", "victims-code");
        fields.RequiredText("title");
        var version = fields.RequiredText("version");
        fields.Required("limits");
        var read = fields.List("limits").SelectMany(item => ClockRuleReader.Read(item, problems).Select(rule => (item, rule))).ToArray();
        fields.RefuseOthers();
        foreach (var (item, rule) in read.Where((one, at) => read.Take(at).Any(earlier => earlier.rule.Id == one.rule.Id)))
            problems.Add(item.Place, "duplicate", $"The id \"{rule.Id}\" stands twice. Give each limit, and each dated version of one, an id of its own.", value: rule.Id);
        return problems.Or(() => new ClockTable(version, [.. read.Select(one => one.rule)], calendar.Value));
    }

    /// <summary>The limits that begin with an update or record of this kind at this instant.</summary>
    public ImmutableArray<ClockRule> StartsOn(string updateKind, DateTimeOffset at, bool enhanced)
    {
        var day = WorkingDays.LocalDay(at);
        return [.. Rules.Where(rule => string.Equals(rule.Starts, updateKind, StringComparison.Ordinal) && rule.Days(enhanced) is not null && rule.From <= day && (rule.Until is null || day <= rule.Until))];
    }

    /// <summary>Whether any limit begins with an update or record of this kind, on whatever day.</summary>
    public bool MayStartOn(string updateKind) => Rules.Any(rule => string.Equals(rule.Starts, updateKind, StringComparison.Ordinal));

    /// <summary>The rule of that id, or null.</summary>
    public ClockRule? Rule(string id) => Rules.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.Ordinal));
}
