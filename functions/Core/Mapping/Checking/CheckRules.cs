using System.Collections.Frozen;

namespace Interop.Core.Mapping.Checking;

/// <summary>A rule of the check.</summary>
/// <param name="Severity">How much a finding of it weighs.</param>
/// <param name="What">What it is about.</param>
/// <param name="Remedy">What to do.</param>
public sealed record CheckRule(FindingSeverity Severity, string What, string Remedy);

/// <summary>The rules of the check, beside those that loading checks. The table in docs/mappings.md says the same.</summary>
public static class CheckRules
{
    internal const string MarkingLowered = "marking-lowered";
    internal const string OrderDependent = "order-dependent";
    internal const string NeverTranslates = "never-translates";
    internal const string AmbiguousInverse = "ambiguous-inverse";
    internal const string CodesShareMeaning = "codes-share-meaning";
    internal const string CodesMissing = "codes-missing";
    internal const string Separator = "separator";
    internal const string Join = "join-not-invertible";
    internal const string Length = "length";
    internal const string Values = "values";
    internal const string Required = "optional-to-required";
    internal const string Several = "several";
    internal const string ItemsDropped = "items-dropped";
    internal const string FirstOfSeveral = "first-of-several";
    internal const string DefaultHidesAbsence = "default-hides-absence";
    internal const string Precision = "precision";
    internal const string Zone = "zone";
    internal const string Ignored = "ignored";
    internal const string Computed = "computed";
    internal const string NotSent = "not-sent";
    internal const string NotRead = "not-read";
    internal const string NotWritten = "not-written";
    internal const string NotBack = AcceptedLoss.NotBack;
    internal const string SameResult = "same-result";
    internal const string Spelling = "spelling";
    internal const string Presence = "presence";
    internal const string ItemOrder = "item-order";
    internal const string OpenCodes = "open-codes";
    internal const string OpenLength = "open-length";
    internal const string OpenValues = "open-values";
    internal const string ClockChange = "clock-change";
    internal const string Unconfirmed = "unconfirmed";
    internal const string Stale = "stale-acknowledgement";
    internal const string Wide = "wide-acknowledgement";
    internal const string UnknownRule = "unknown-rule";
    internal const string TooMany = "too-many-findings";

    // What a field's own "loss" is about: its values. That a document is refused for what it lacks or has too many of, or that something else is not sent, is another matter; codes that become one are named.
    internal static readonly FrozenSet<string> OfValues = new[] { CodesMissing, Separator, Join, Length, Values, Precision, Zone, NotWritten, NotBack, SameResult, AmbiguousInverse, Computed }.ToFrozenSet(StringComparer.Ordinal);

    // And that of a group: its items.
    internal static readonly FrozenSet<string> OfItems = new[] { Several, ItemsDropped, FirstOfSeveral, NotBack, SameResult }.ToFrozenSet(StringComparer.Ordinal);

    const string Refused = "is refused";

    // What a reason for the one cannot be about: that a value is less exact, is another, keeps the document from being sent, or is not there.
    static readonly FrozenDictionary<string, string> Kinds = new (string Kind, string[] Rules)[]
    {
        ("arrives less exact", [Precision, Zone]),
        (Refused, [CodesMissing, Separator, Length, Values, NotWritten, Several]),
        ("is dropped", [ItemsDropped, FirstOfSeveral]),
    }.SelectMany(kind => kind.Rules.Select(rule => (rule, kind.Kind))).ToFrozenDictionary(one => one.rule, one => one.Kind, StringComparer.Ordinal);

    /// <summary>What a rule's findings say of a field's values.</summary>
    internal static string KindOf(string rule) => Kinds.GetValueOrDefault(rule, "comes back different");

    /// <summary>Whether its findings say that a document is refused: a field's reason is about that only if it names the rule, or a change that makes a field refuse would be covered by why it was inexact.</summary>
    internal static bool IsRefusal(string rule) => KindOf(rule) == Refused;

    /// <summary>Whether its findings say of values that they become one.</summary>
    internal static bool IsMerging(string rule) => rule is CodesShareMeaning or SameResult;

    /// <summary>Every rule by its name.</summary>
    public static FrozenDictionary<string, CheckRule> All { get; } = new (string Name, FindingSeverity Severity, string What, string Remedy)[]
    {
        (MarkingLowered, FindingSeverity.Error, "a protective marking arrives lower or not at all, or two markings become one", "Give each marking a code of its own, or refuse what the form cannot say by a constant."),
        (OrderDependent, FindingSeverity.Error, "the result depends on the order of the definition's fields", "Let one field alone make the item."),
        (NeverTranslates, FindingSeverity.Error, "every valid document that was tried is refused", "Bring the schemas and the fields together."),
        (Wide, FindingSeverity.Error, "an acknowledgement that would cover several places, known or not", "Name the places themselves: path may be a list."),
        (UnknownRule, FindingSeverity.Error, "an acknowledgement names a rule that there is not", "The rules stand in docs/mappings.md."),
        (TooMany, FindingSeverity.Error, "more was found than is told", "Mend what is told, or divide the mapping."),
        (AmbiguousInverse, FindingSeverity.Loss, "several places come from one, and only one of them is written back", "Give each a place of its own, or say why."),
        (CodesShareMeaning, FindingSeverity.Loss, "several codes become one", "State on each row that is one-way its reason, or give each code a meaning of its own."),
        (CodesMissing, FindingSeverity.Loss, "a code that the schema has is not in the code list, and refused", "Add it to the list, or say why it cannot come."),
        (Separator, FindingSeverity.Loss, "a text cannot be cut or put together at the separator", "Choose a separator that the texts do not hold, or say why it does not come."),
        (Join, FindingSeverity.Loss, "a text that was put together does not say what its parts were", "Map the parts one by one, or say why."),
        (Length, FindingSeverity.Loss, "a text of a length that the one schema states is refused by the other; of parts or items that become one text, all of them together", "Make both limits the same, or say why."),
        (Values, FindingSeverity.Loss, "a value that the one schema states is refused", "Take it into the other schema, or say why it does not come."),
        (Required, FindingSeverity.Loss, "what may be absent is required on the other side, so the document is refused", "Add a default with its reason, or say why it is always there."),
        (Several, FindingSeverity.Loss, "there may be more than there is room for: the document is refused", "Use \"each\", make room, or say why there are no more."),
        (ItemsDropped, FindingSeverity.Loss, "items of a list that match no condition, or lack what a condition asks for, or to which nothing refers, are read by nothing", "Map them, or say why they may go."),
        (FirstOfSeveral, FindingSeverity.Loss, "of several items only one is read", "Use \"each\", or say why the others may go."),
        (DefaultHidesAbsence, FindingSeverity.Loss, "after a default nobody can tell whether the value was there", "The default's reason acknowledges it."),
        (Precision, FindingSeverity.Loss, "times or numbers that differ become one, or are refused because they would", "Choose a pattern that keeps them, or say why."),
        (Zone, FindingSeverity.Loss, "a time that came twice when the clocks went back cannot be told apart", "Write the offset, or say why."),
        (Ignored, FindingSeverity.Loss, "a field is ignored", "The ignore's reason acknowledges it."),
        (Computed, FindingSeverity.Loss, "what is computed goes one way and does not tell what it was computed from", "The reason of the computed field acknowledges it."),
        (NotSent, FindingSeverity.Loss, "the canonical record has it and the system does not learn it, at all or where a condition does not hold", "Map it, or say why not."),
        (NotRead, FindingSeverity.Loss, "the source has it and the canonical record does not; or \"reads\" names it and the program does not read it", "Map it, or say why not."),
        (NotWritten, FindingSeverity.Loss, "the system's format cannot write it, or does not give it back as it was: letters that its characters lack, blanks at an end, several lines", "State in the schema what comes, or say why."),
        (NotBack, FindingSeverity.Loss, "what went there does not come back the same", "Change the field so that it does, or say why."),
        (SameResult, FindingSeverity.Loss, "different documents become the same", "Map what differs, or say why."),
        (Spelling, FindingSeverity.Note, "several spellings of one value become one, such as the offsets that one instant was written with", ""),
        (Presence, FindingSeverity.Note, "absent and empty become the same", ""),
        (ItemOrder, FindingSeverity.Note, "items of a list that fields choose by conditions arrive in the order of the fields, not in their own", ""),
        (OpenCodes, FindingSeverity.Note, "the schema does not say which codes there are; one that the list does not have is refused", "List the codes in the schema."),
        (OpenLength, FindingSeverity.Note, "the schema does not say how long the text may be, or how many items become one; one too long for the other side is refused", "State the length in the schema."),
        (OpenValues, FindingSeverity.Note, "the schema does not say what the value looks like, or how many there may be; one of another form, or one too many, is refused", "State the form in the schema."),
        (ClockChange, FindingSeverity.Note, "a local time in the hour of a clock change is refused, with the instants it may mean", "Say with \"overlap\" which is meant."),
        (Unconfirmed, FindingSeverity.Note, "something could not be tried within the bound", ""),
        (Stale, FindingSeverity.Note, "an acknowledgement that acknowledges nothing that was found", "Take it away."),
    }.ToFrozenDictionary(rule => rule.Name, rule => new CheckRule(rule.Severity, rule.What, rule.Remedy), StringComparer.Ordinal);
}
