using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; blocks nothing.</summary>
    Note,

    /// <summary>Something does not arrive or does not come back: the definition must acknowledge it with a reason.</summary>
    Loss,

    /// <summary>The definition cannot be right as it is: no reason excuses it.</summary>
    Error,
}

/// <summary>What was executed to show that a finding is true.</summary>
/// <param name="Documents">One document, or several that become the same; each is valid by its schema.</param>
/// <param name="Result">What they became.</param>
/// <param name="Back">What came back from that, where the definition goes both ways; of what depends on the order of the fields, what it becomes in the opposite order; null if that is not the point.</param>
/// <param name="Problems">Why the document was refused; empty if it was not.</param>
/// <param name="Pointers">The places in the documents that matter, as JSON Pointers.</param>
public sealed record Counterexample(ImmutableArray<JsonValue> Documents, JsonValue Result, JsonValue? Back, ImmutableArray<Problem> Problems, ImmutableArray<string> Pointers)
{
    /// <summary>The same of documents without what does not matter; made when it is asked for.</summary>
    internal Counterexample Short => field ??= Shorten?.Invoke() ?? this;

    internal Func<Counterexample>? Shorten { get; init; }
}

/// <summary>One ambiguity or loss of a mapping.</summary>
/// <param name="Rule">The rule, one of <see cref="CheckRules"/> or of those that loading checks.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Way">The direction in which it shows.</param>
/// <param name="Path">The place, as a field would name it from the root of the document that is read.</param>
/// <param name="Message">What is wrong and the remedy.</param>
/// <param name="Place">Where in the definition.</param>
/// <param name="Counterexample">What was executed; null only for what loading finds and for what could not be tried.</param>
/// <param name="Acknowledged">The reason by which the definition accepts it; null if it does not.</param>
public sealed record Finding(string Rule, FindingSeverity Severity, MappingDirection Way, string Path, string Message, Place Place, Counterexample? Counterexample, string? Acknowledged)
{
    /// <summary>On what it depends, as an acknowledgement must state it: <c>unless k is a</c>, or <c>where k is b</c>; empty if it is so always.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Of which values that the schema or a code list names it is so, as an acknowledgement must name them; empty if it is about no such values.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>How something does not come back, as an acknowledgement must state it; null if it is about something else.</summary>
    public HowBack? How { get; init; }

    /// <summary>Whether it keeps the definition from being published.</summary>
    public bool Blocks => Severity == FindingSeverity.Error || (Severity == FindingSeverity.Loss && Acknowledged is null);

    /// <summary>Whether a note is told without being asked for: something was not tried, or an acknowledgement is about nothing.</summary>
    public bool Warns => Rule is CheckRules.Unconfirmed or CheckRules.Stale;
}

/// <summary>All that a check found in one definition.</summary>
/// <param name="Mapping">The mapping's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Findings">In the order of the definition.</param>
/// <param name="Runs">How many translations were executed.</param>
public sealed record MappingReport(string Mapping, string Version, ImmutableArray<Finding> Findings, int Runs)
{
    /// <summary>What keeps the definition from being published.</summary>
    public IEnumerable<Finding> Blocking => Findings.Where(finding => finding.Blocks);

    /// <summary>The losses that the definition accepts, with their reasons.</summary>
    public IEnumerable<Finding> Accepted => Findings.Where(finding => finding is { Severity: FindingSeverity.Loss, Acknowledged: not null });
}
