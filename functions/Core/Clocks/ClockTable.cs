using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Clocks;

/// <summary>The time limits and the calendar they are counted on: dated, versioned data.</summary>
public sealed record ClockTable(string Version, ImmutableArray<ClockRule> Rules, WorkingDays Calendar)
{
    /// <summary>Reads mappings/clocks/victims-code.yaml and mappings/clocks/bank-holidays-england-wales.yaml, or every problem with its place.</summary>
    public static Outcome<ClockTable> Load(SourceNode victimsCode, SourceNode bankHolidays) => throw new NotSupportedException("Not written yet.");

    /// <summary>The limits that begin with an update or record of this kind at this instant.</summary>
    public ImmutableArray<ClockRule> StartsOn(string updateKind, DateTimeOffset at, bool enhanced) => throw new NotSupportedException("Not written yet.");

    /// <summary>The rule of that id, or null.</summary>
    public ClockRule? Rule(string id) => Rules.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.Ordinal));
}
