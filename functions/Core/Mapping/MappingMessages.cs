using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>What this folder says to people: first the definition's problems, then a message's.</summary>
static class MappingMessages
{
    const int MaxShown = 12;

    public const string Version = "The version must be of the form 1.2.3 (semver).";
    public const string From = "\"from\" must be a date such as 2021-04-01.";
    public const string CsvHeader = "The first line must be: source,canonical or source,canonical,title or source,canonical,title,one-way or source,canonical,title,one-way,reason";
    public const string CsvEmpty = "Both codes must be there.";
    public const string CsvQuotes = "A quotation mark is opened and not closed in this record.";
    public const string OneWay = "\"one-way\" must be empty, in or out.";
    public const string EmptyReason = "Say why, in a sentence.";
    public const string OneSide = "Give either \"source\" or \"canonical\": the place that is written.";
    public const string ListForm = "\"list\" must be true (one value and a list of one) or a separator such as \";\".";
    public const string CodeListName = "The name of a code list belongs here.";
    public const string NoValues = "A value is missing here. Name the values of which the loss is accepted, or take \"values\" away.";
    public static string HowOfOther(string rule) => $"\"how\" says how something does not come back, of the rule \"{AcceptedLoss.NotBack}\" alone; this entry is about \"{rule}\". Take it away.";

    public const string NoPaths = "The list of paths is empty. Name the places whose loss is accepted.";
    public const string ZoneMissing = "A local time needs \"zone\", such as Europe/London; a pattern with offset has o<...>.";
    public const string NoCondition = "Give at least one condition, such as { source: kind, is: V }.";
    public const string OneTest = "A condition asks one thing: \"is\", \"not\" or \"present\".";
    public const string NoEnd = "This has more decimals than can be written. State \"decimals\", and a \"loss\" if they are cut off.";
    public const string NumberTooLong = "This number is longer than is calculated with: 40 digits.";
    public const string PointIsThousands = "\"decimal\" and \"thousands\" are the same sign. Change one of them.";
    public const string CutNeedsLoss = "What is longer than the limit is cut off. State a \"loss\" with the reason why that is right.";
    public const string MarkTooLong = "\"mark\" must be shorter than the limit.";
    public const string BreaksNeedLoss = "Blanks in place of line breaks cannot be told from other blanks. Write another text, such as \" / \", or state a \"loss\" with its reason.";
    public const string NameForm = "The form of a name has \"family\" and \"given\", each once, with something between them, such as \"FAMILY, given\"; \"title\" may be at its beginning or end and needs \"titles: [Mr, Ms, ...]\".";
    public const string NameSides = "One side is the whole name, a path; the other its parts, such as { family: name.family, given: name.given }.";
    public const string OnlyGivenIsList = "Only the given names may be a list.";
    public const string GridFigures = "\"figures\" must be 2, 4, 6, 8 or 10.";
    public const string GridSides = "Each side is a reference with letters (a path), or { easting: ..., northing: ... }, or { latitude: ..., longitude: ... }.";
    public const string GridPartMissing = "A place needs both numbers, and only this one is there.";
    public const string OffGrid = "This is outside the squares of the British National Grid. Correct the place.";
    public const string NotMembers = "An object with members is expected here.";
    public const string KeyNeedsMembers = "A key needs a list on one side, and on the other an object whose members the schema does not name (additionalProperties).";
    public const string TwoRests = "Only one of the parts may be a list: it takes what the others leave.";
    public const string SourceSide = "the system's format";

    public static string SameVersion(string version, string file) => $"There is a version {version} in {file} already. Give each its own version.";

    public static string SameDay(string day, string file) => $"The version in {file} applies from the same day ({day}). Give each its own \"from\"; one may have none.";

    public static string OtherName(string name, string first) => $"This is a version of \"{first}\", but names itself \"{name}\". Give it the name of the folder.";

    public static string OtherSides(string file) => $"All versions of a mapping have one direction, one format and one canonical record, and {file} has others. Give this one a name of its own.";

    public static string TooManyPeriods(int most) => $"With its code lists this mapping changes on more than {most} days. Take versions away that no message needs.";

    public static string CanonicalSide(CanonicalReference record) => $"the canonical {record}";

    public static string InNewer(string message, string newer) => $"{message} The newer {newer} has it: write canonical: {newer}.";

    public static string NewerRecord(string message, string mapping, string own, string newer) =>
        $"{message} That is so in {own}, against which {mapping} is written; {newer} allows it. Write the next version of the mapping against {newer}.";

    public static string AmbiguousCode(MappingDirection way, string code, int line) =>
        way == MappingDirection.In
            ? $"The source code \"{code}\" has a meaning in line {line} already. Mark one of the two rows one-way: out."
            : $"The canonical code \"{code}\" is written as the code of line {line} already. Mark one of the two rows one-way: in.";

    public static string CsvColumns(int count, int wanted) => $"This line has {count} columns; the header has {wanted}.";

    public static string PathTooLong(int length, int most) => $"The path has {length} characters; at most {most} are read.";

    public static string PathSyntax(string path, int at, string wanted) =>
        at >= path.Length ? $"The path \"{path}\" ends where {wanted} is expected." : $"In the path \"{path}\", {wanted} is expected at character {at + 1}, not \"{path[at]}\".";

    public static string PathIsText(string kind) => $"A path is a text, but {kind} stands here. Quote it.";

    public static string NoOuterGroup(string path) => $"The path \"{path}\" begins further out than there are groups. Take a ^ away, or begin with $ for the document.";

    public static string UnknownPath(string path, string side, string name, string? meant, IEnumerable<string> known) =>
        $"{Capital(side)} has no \"{name}\" in \"{path}\". {(meant is null ? $"Known there: {Shown(known)}." : $"Did you mean \"{meant}\"?")}";

    public static string NoMembers(string path, string side, string name) => $"In \"{path}\", what stands before \"{name}\" has no members in {side}.";

    public static string ListWithoutSelector(string path, string name) => $"In \"{path}\", a list stands before \"{name}\". Say which item: by position [0], by discriminator [kind=x], or each item with \"each\".";

    public static string NoList(string path, string side) => $"In \"{path}\", what stands before the brackets is no list in {side}. Take the brackets away.";

    public static string QuestionNotLast(string path) => $"In \"{path}\", [=...] must be the last step: it is true or false.";

    public static string ReferenceIsRead(string path) => $"\"{path}\" follows a reference and can only be read. Give the field \"only: in\" with a reason.";

    public static string TwoConverters(string first, string second) => $"A field has one converter, and \"{first}\" stands here already. Take \"{second}\" away.";

    public static string EmptySeparator(string word) => $"\"{word}\" must be a separator of at least one character.";

    public static string TwoParts(string word) => $"\"{word}\" needs at least two parts.";

    public static string TooManyGroups(int most) => $"Groups stand at most {most} within each other.";

    public static string UnknownCodeList(string name, string? meant, IEnumerable<string> known) =>
        $"There is no code list \"{name}\". {(meant is null ? $"There are: {Shown(known.Order(StringComparer.Ordinal))}." : $"Did you mean \"{meant}\"?")}";

    public static string UnloadedCodeList(string name, string file) => $"The code list \"{name}\" has problems of its own, which are told at {file}: until they are mended nobody knows what this field does.";

    public static string Pattern(string pattern, string reason) => $"\"{pattern}\" is no pattern: {reason}";

    public static string Zone(string zone, string? meant) => $"There is no time zone \"{zone}\".{Meant(meant)}";

    public static string BothTrueAndFalse(string spelling) => $"{spelling} stands for both true and false. Take one away.";

    public static string NoSpelling(string name) => $"Give at least one spelling of {name}.";

    public static string Clash(string kind, JsonTypes types) => $"{Capital(kind)} cannot stand where the schema wants {Types(types)}.";

    public static string TypeClash(string source, JsonTypes sourceTypes, string canonical, JsonTypes canonicalTypes, string? remedy) =>
        $"The source's \"{source}\" is {Types(sourceTypes)}, the canonical \"{canonical}\" is {Types(canonicalTypes)}.{(remedy is null ? " They cannot hold each other's values." : $" Add a converter: {remedy}.")}";

    public static string ConverterClash(string converter, string path, JsonTypes types, JsonTypes taken) => $"\"{converter}\" takes {Types(taken)} there, but \"{path}\" is {Types(types)}.";

    public static string FormatClash(string source, string canonical, string format) =>
        $"The canonical \"{canonical}\" is a {format}, and nothing says that the source's \"{source}\" is written the same way. {(format == "time" ? TimeRemedy : $"Add a converter: {format}: {{ pattern: ... }}.")}";

    public static string TimeClash(string canonical) => $"\"time\" writes a time of day such as 17:59:00, but the canonical \"{canonical}\" has the format time, which always has an offset (17:59:00Z). {TimeRemedy}";

    const string TimeRemedy = "Where the offset is not known, say in the canonical schema pattern: '^[0-9]{2}:[0-9]{2}:[0-9]{2}$' instead of format: time, with a converter time: { pattern: ... }; where the day is known, make it a date-time.";

    public static string HasParts(string path) => $"\"{path}\" has parts. Map them one by one, or with \"each\".";

    public static string ListMissing(string path) => $"\"{path}\" is a list and the other side is one value. Add list: true (a list of one), list: \";\" (a text with separators), or use \"each\".";

    public static string ListNeedless(bool lists) => lists ? "Both sides are lists already. Take \"list\" away." : "Neither side is a list. Take \"list\" away.";

    public static string WholeIsText(string path, JsonTypes types) => $"\"{path}\" must be a text to be put together from parts, but it is {Types(types)}. Add a converter.";

    public static string NotAllowed(string text, Shape shape) =>
        shape is ScalarShape { Allowed: { IsEmpty: false } allowed }
            ? $"\"{text}\" is not among the schema's values: {Shown(allowed.Select(value => Typed.TextOf(value) ?? "null"))}."
            : $"\"{text}\" cannot stand where the schema wants {Types(shape.Types)}.";

    public static string CodesNotAllowed(string list, IEnumerable<string> codes, string path) => $"The code list \"{list}\" gives codes that \"{path}\" does not have: {Shown(codes)}.";

    public static string WrittenTwice(string path, int line) => $"\"{path}\" is written by line {line} already. Take one of the two away, or give them \"only\".";

    public static string NoEffect(string kind, bool isIn) => $"A {kind} to the {(isIn ? "canonical record counts only on the way in" : "source counts only on the way out")}, and this does not go that way. Take it away.";

    public static string Unmapped(string path, string side) => $"{Capital(side)} requires \"{path}\", and nothing writes it. Add a field, a constant, or a default with its reason.";

    public static string Unread(string path) => $"Nothing reads {path}. Map it, or add an \"ignore\" with its reason.";

    public static string NotText(JsonKind kind) => $"A text is expected here, not {Kind(kind)}.";

    public static string NotCode(JsonKind kind) => $"A code is expected here, not {Kind(kind)}.";

    public static string UnknownCode(string code, string list, string? meant, IEnumerable<string> known) =>
        $"The code \"{Problem.Preview(code)}\" is not in the list {list}. {(meant is null ? $"Known are: {Shown(known.Order(StringComparer.Ordinal))}." : $"The nearest is \"{meant}\".")} Correct the code, or add it to the list.";

    public const string NotNumber = "This is not a number. Write digits without leading zeros, with a point before decimals and nothing between thousands.";

    public static string NotBoolean(string known) => $"This must be one of: {known}.";

    public static string NotInPattern(string kind, string pattern) => $"This is not a {kind} that exists, written as {pattern}.";

    public static string DoesNotExist(string zone, string next) => $"This time does not exist in {zone}: the clocks went forward over it, at {next}. Correct the time.";

    public static string Ambiguous(string earlier, string later) => $"This time came twice, because the clocks went back: it is {earlier} or {later}. Say which, with an offset, or correct the time.";

    public static string Precision(string kind, string written) => $"Written as \"{written}\" this would not read back as the same {kind}. State a \"loss\" with its reason if that is right.";

    public static string IdentifierKind(IEnumerable<string> known) => $"The kind of an identifier belongs here: {Shown(known)}.";

    public static string Case(bool upper) => $"This must be in {(upper ? "upper" : "lower")} case throughout.";

    public static string Constant(string value) => $"This must be {value}.";

    public static string NotClaimed(string path, string wanted) => $"What is written for this would not be read again, because \"{path}\" is not {wanted} where it is written.";

    public static string UnknownUnit(string unit, IEnumerable<string> known) => $"There is no unit \"{unit}\". There are: {string.Join(", ", known)}.";

    public static string UnitKinds(Unit source, Unit canonical) => $"\"{source.Name}\" is a unit of {source.Kind.ToString().ToLowerInvariant()}, \"{canonical.Name}\" of {canonical.Kind.ToString().ToLowerInvariant()}.";

    public static string UnitWithoutEnd(Unit unit) => $"In {unit.Name} this has no end of decimals. State \"decimals\".";

    public static string NotNumberForm(string example) => $"This is not a number of the form {example}.";

    public static string TextChanged(string written) => $"Written as \"{Problem.Preview(written)}\" this would not read back as the same text. State a \"loss\" with its reason if that is right.";

    public static string UnknownPart(string name, IEnumerable<string> known) => $"\"{name}\" is no part here. There are: {string.Join(", ", known)}.";

    public static string NameUnread(string read) => $"This name is not of the form of this field: put together again it would be \"{Problem.Preview(read)}\". Correct it, or map it by hand.";

    public static string NameChanged(string written) => $"Written as \"{Problem.Preview(written)}\" this name would not come apart the same. State a \"loss\" with its reason if that is right.";

    public static string KeyMissing(string path) => $"This item has no \"{path}\", which names it on the other side.";

    public static string KeyTwice(string name) => $"Two items have the key \"{Problem.Preview(name)}\", and it names one member.";

    public static string SeveralMatch(string path) => $"More than one item matches \"{path}\", and there is room for one.";

    public static string SeveralItems(int count) => $"There are {count} items, and there is room for one.";

    public static string SeparatorInPart(string separator) => $"This holds the separator \"{separator}\" itself and could not be taken apart again.";

    public static string Parts(int count, int wanted, string separator) => $"Cut at \"{separator}\" this has {count} parts; {wanted} are expected.";

    public static string Compute(string path, string reason) => $"\"{path}\" could not be computed: {reason}";

    public static string InTarget(string message, string pointer, string target) => $"{message} This is about {(pointer.Length == 0 ? "the whole" : pointer)} in {target}.";

    static string Meant(string? meant) => meant is null ? "" : $" Did you mean \"{meant}\"?";

    static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    static string Shown(IEnumerable<string> values)
    {
        var all = values.Take(MaxShown + 1).ToList();
        return all.Count == 0 ? "nothing" : string.Join(", ", all.Take(MaxShown)) + (all.Count > MaxShown ? ", ..." : "");
    }

    static string Kind(JsonKind kind) => kind switch
    {
        JsonKind.Null => "nothing",
        JsonKind.Boolean => "a boolean",
        JsonKind.Number => "a number",
        JsonKind.String => "a text",
        JsonKind.Array => "a list",
        _ => "a group of members",
    };

    static string Types(JsonTypes types)
    {
        if (types == JsonTypes.Any || types == JsonTypes.Scalars) return "any value";
        var names = new (JsonTypes Type, string Name)[]
        {
            (JsonTypes.String, "a text"), (JsonTypes.Number, "a number"), (JsonTypes.Integer, "a whole number"), (JsonTypes.Boolean, "a boolean"),
            (JsonTypes.Array, "a list"), (JsonTypes.Object, "a group of members"),
        }.Where(one => (types & one.Type) != JsonTypes.None && !(one.Type == JsonTypes.Integer && (types & JsonTypes.Number) != JsonTypes.None)).Select(one => one.Name).ToList();
        return names.Count == 0 ? "nothing" : string.Join(" or ", names);
    }
}
