using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What the check says to people.</summary>
static class CheckMessages
{
    const int MaxShown = 12;

    public const string StaleField = "This field states a \"loss\", and none was found that it is about.";
    public const string SpentRuns = "The definition is so large that not everything could be tried.";

    public const string SpentRecords = "So much decides in the definition that not every combination could be tried.";

    public static string StaleValues(string rule, string path, IEnumerable<string> values) => $"At \"{path}\" nothing was found of the rule \"{rule}\" that is about {Named(values)}.";

    public static string StaleLoss(string rule, string path, string condition) => $"Nothing was found of the rule \"{rule}\" at \"{path}\"{(condition.Length == 0 ? "" : $" {condition}")}.";

    public static string StaleCondition(string rule, string path, string condition, IEnumerable<string> found) =>
        $"At \"{path}\" nothing was found of the rule \"{rule}\" that {(condition.Length == 0 ? "is so always" : $"is so \"{condition}\"")}; what was found is so {string.Join("; ", found.Select(one => one.Length == 0 ? "always" : $"\"{one}\""))}.";

    public static string StaleHow(string path, IEnumerable<HowBack> how, IEnumerable<HowBack> found) =>
        $"\"{path}\": nothing was found that is {Either(how)} on the way back, as this acknowledgement says{(found.Any() ? $"; what was found is {Either(found)}" : "")}.";

    public static string StalePlace(string rule, string path, IEnumerable<string> values) => $"At \"{path}\" nothing was found of the rule \"{rule}\" that is so whatever the value; what was found is about {Named(values)}.";

    public static string AcceptedBefore(string rule, string path, int line) => $"What was found of the rule \"{rule}\" at \"{path}\" is accepted by the entry in line {line} already.";

    public static string StaleFieldRule(string rule) => $"This field states a \"loss\" of the rule \"{rule}\", and none was found.";

    public static string DivideLoss(IEnumerable<string> rules) =>
        $"The field's one \"loss\" would accept several kinds of it: {string.Join("; ", rules.GroupBy(CheckRules.KindOf, StringComparer.Ordinal).Select(kind => $"something {kind.Key} ({string.Join(", ", kind)})"))}. Give each its reason: loss: {{ {string.Join(", ", rules.Select(rule => $"{rule}: ..."))} }}.";

    public static string NameRule(string rule) => $"The field's \"loss\" is one text, and no refusal is accepted by that: name the rule, loss: {{ {rule}: ... }}.";

    public static string NameCondition(string condition, string? other) =>
        $"{other switch { null => "To accept it, state its condition beside the reason", "" => "The acknowledgement of this rule and path states no condition, and is about what is lost always; this one needs", _ => $"An acknowledgement of this rule and path is about what is lost \"{other}\"; this one needs" }} {condition.Split(' ', 2)[0]}: '{condition.Split(' ', 2)[^1].Replace("'", "''", StringComparison.Ordinal)}'.";

    /// <summary>What an acknowledgement must name, and what the nearest one names: null if there is none.</summary>
    public static string NameValues(IReadOnlyCollection<string> values, IReadOnlyCollection<string>? named) =>
        values.Count == 0 ? "The acknowledgement of this rule and path names values, and this is so whatever the value: it needs none."
        : $"{named switch { null => "To accept it, name its values beside the reason under \"losses\":", { Count: 0 } => "The acknowledgement of this rule and path names no values; this one needs", _ when values.All(named.Contains) => $"The acknowledgement of this rule and path names {Named(named.Except(values, StringComparer.Ordinal))} too, and that is another loss; this one needs", _ => $"No acknowledgement of this rule and path names {Named(values.Except(named, StringComparer.Ordinal))} with the others; this one needs" }} values: {Values(values)}.";

    /// <summary>The entry that accepts what does not come back, and how the entries there say that it does not.</summary>
    /// <param name="path">The place.</param>
    /// <param name="how">How it does not come back.</param>
    /// <param name="values">Of which values of a list.</param>
    /// <param name="stated">What the acknowledgements of the place say; empty if they say nothing, or there are none.</param>
    /// <param name="isAcknowledged">Whether there are any.</param>
    public static string NameHow(string path, HowBack how, IReadOnlyCollection<string> values, IReadOnlyCollection<HowBack> stated, bool isAcknowledged) =>
        $"{(stated.Count > 0 ? $"The acknowledgement of this rule and path is about what is {Either(stated)}; this is {how.Word()}, and needs one of its own" : isAcknowledged ? $"The acknowledgement of this rule and path does not say how it does not come back; this is {how.Word()}, and needs \"how\"" : $"To accept that it is {how.Word()}, write")} under \"losses\": {{ rule: {CheckRules.NotBack}, path: {Scalar(path)}, how: {how.Word()}, {(values.Count == 0 ? "" : $"values: {Values(values)}, ")}reason: ... }}.";

    static string Either(IEnumerable<HowBack> how) => string.Join(" or ", how.Order().Select(one => one.Word()));

    /// <summary>Values as an acknowledgement lists them.</summary>
    public static string Values(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Scalar))}]";

    // As it may stand in a definition: a text that reads as a number, a boolean or nothing is quoted, as is one with signs of YAML in it.
    static string Scalar(string value) => value.Length > 0 && char.IsLetter(value[0]) && value[^1] != ' ' && value.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_' or '.' or '/') && value.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N") ? value : JsonValue.Of(value).ToString();

    static string Named(IEnumerable<string> values) => Shown(values.Select(value => JsonValue.Of(value).ToString()));

    public static string UnknownRule(string rule, string? meant) => $"There is no rule \"{rule}\" whose findings could be accepted.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}";

    public static string Wide(string rule, string path, IEnumerable<string> below) =>
        $"\"{path}\" is wider than what was found of the rule \"{rule}\", and would excuse what nobody has thought of. An acknowledgement is about its own place alone. Below it were found: {string.Join(", ", below.Select(one => $"\"{one}\""))}. Name those that you accept.";

    public static string TooMany(int told, int untold) => $"{told} findings are told, {untold} more are not.";

    public static string Side(Side side) => side == Mapping.Side.Source ? "source" : "canonical";

    public static string SharedCodes(string path, IEnumerable<string> codes, string meaning, string list) => $"In the code list \"{list}\", the codes {Shown(codes)} of \"{path}\" all become {meaning}.";

    public static string MissingCodes(string path, IEnumerable<string> codes, string list) => $"\"{path}\" may be {Shown(codes)}, which the code list \"{list}\" does not have in this direction.";

    public static string Refusal(string path, string reason) => $"\"{path}\": a valid document is refused. {reason}";

    public static string RefusedValues(string path, IEnumerable<string> values, string reason) => $"\"{path}\" may be {Named(values)}, and that is refused. {reason}";

    public static string RefusedWhere(string path, string conditions, string reason) => $"\"{path}\": a valid document is refused{conditions}. {reason}";

    public static string LengthClash(string path, int length, int limit, string target) => $"\"{path}\" may have {length} characters, \"{target}\" has at most {limit}.";

    public static string LongTogether(IEnumerable<string> paths, int length, int limit, string target) => $"{string.Join(" and ", paths.Select(path => $"\"{path}\""))} may have {length} characters together, \"{target}\" has at most {limit}.";

    public static string ManyTogether(string path, int items, int length, int limit, string target) => $"\"{path}\": {items} items of it may have {length} characters together, \"{target}\" has at most {limit}.";

    public static string NoItemsToRequired(string path, string target) => $"\"{path}\" may have no items, but \"{target}\" is required.";

    public static string OptionalToRequired(string path, string target) => $"\"{path}\" may be absent, but \"{target}\" is required.";

    public static string DefaultHides(string path, string value) => $"Nobody can tell afterwards whether \"{path}\" was absent or {value}.";

    public static string Together(string path, IEnumerable<string> values, string result) => $"\"{path}\": {Shown(values)} become the same, {result}.";

    public static string OneInstant(string path, IEnumerable<string> values, string result) => $"\"{path}\": {Shown(values)} are one instant and become {result}: the instant arrives, the offset it was written with does not.";

    public static string EmptyIsAbsent(string path) => $"\"{path}\": empty or absent, the result is the same.";

    public static string StatedOrAbsent(string path, string value) => $"\"{path}\": whether it is {value} or absent, the result is the same.";

    public static string ItemOrder(string path, string first, string second) => $"\"{path}\": items of \"{first}\" and \"{second}\" may come in either order, and the result is the same.";

    public static string ValueOrder(string path, string first, string second) => $"\"{path}\": {first} and {second} may come in either order, and the result is the same.";

    public static string OneMore(string path, IEnumerable<string> values, string beside) => $"Beside {beside} in \"{path}\", {Shown(values)} is read by nothing.";

    public static string BackAsSeveral(string path, string first, string second) => $"\"{path}\": an item that is both {first} and {second} comes back as several.";

    public static string JoinIsAmbiguous(IEnumerable<string> paths, string target, string result) => $"\"{target}\" is put together from {string.Join(" and ", paths.Select(path => $"\"{path}\""))}: {result} does not say which of them it was.";

    public static string NotBack(string path, string was, string became) => $"\"{path}\": {was} went there and came back as {became}.";

    public static string NotWritten(string path, string format, IEnumerable<string> reasons) => $"\"{path}\": a valid value does not go into {format} and back. {string.Join(" ", reasons)}";

    public static string ReadAs(string was, string now) => $"{was} is read again as {now}.";

    public static string BackRefused(string path, string reason, string was = "this") => $"\"{path}\": what {was} becomes is refused on the way back. {reason}";

    public static string Unread(string path, MappingDirection way) => way == MappingDirection.In ? $"Nothing of \"{path}\" reaches the canonical record." : $"Nothing of \"{path}\" reaches the system.";

    public static string OnlyNamed(string path, MappingDirection way) => $"\"reads\" names \"{path}\", and the program does not read it. {Unread(path, way)}";

    public static string Instead(string path, string other) => $"Where there is \"{other}\", nothing of \"{path}\" arrives.";

    public static string LostWhere(string path, string condition) => $"\"{path}\" is not carried{(condition.Length == 0 ? "" : $" {condition}")}.";

    public static string ItemLost(string list, string condition) => $"An item of \"{list}\" is not carried{(condition.Length == 0 ? "" : $" {condition}")}.";

    public static string Ignored(string path) => $"\"{path}\" is ignored.";

    public static string Computed(string path, string target) => $"\"{target}\" is computed from \"{path}\" and does not tell what it was.";

    public static string OneWay(string path, string target) => $"\"{target}\" is computed from \"{path}\", and nothing writes that back.";

    public static string Alternatives(string path, string other, string target) => $"\"{path}\" and \"{other}\" both become \"{target}\", and nothing tells which of them it was.";

    public static string Dropped(string list, string condition, IEnumerable<string> values) => $"Items of \"{list}\" whose {condition} is {Shown(values)} are read by nothing.";

    public static string Unreferred(string list) => $"An item of \"{list}\" to which nothing refers is read by nothing.";

    public static string Unconnected(string list) => $"An item of \"{list}\" to which nothing refers, or that refers to nothing, is read by nothing.";

    public static string Dangling(string path, string list) => $"\"{path}\" is not carried where no item of \"{list}\" is what it refers to.";

    public static string TwoOfKey(string list, string key) => $"Two items of \"{list}\" may have one \"{key}\", and then the document is refused.";

    public static string WithoutKey(string path) => $"\"{path}\" may be absent, but names the member that an item becomes.";

    public static string OnlyOne(string path) => $"Two items match \"{path}\", and only one of them is read.";

    public static string Inverse(string path, string source, string other) => $"\"{path}\" comes from \"{source}\", which is written back from \"{other}\" alone.";

    public static string Order(string path) => $"With its fields in the opposite order the definition gives another \"{path}\".";

    public static string Marking(string path, IEnumerable<string> values, string result) => $"\"{path}\": the markings {Shown(values)} become one, {result}.";

    public static string Lowered(string path, string sent, string there) => $"\"{path}\": {sent} goes there and arrives as {there}.";

    public static string NoValidSample(MappingDirection way, Problem wrong) =>
        $"No valid {(way == MappingDirection.In ? "document of the system" : "canonical record")} could be made, so little could be tried: {wrong.Path} {wrong.Message}";

    public static string NeverTranslates(MappingDirection way, Problem wrong) =>
        $"Every valid {(way == MappingDirection.In ? "document of the system" : "canonical record")} that was tried is refused; the least one because of {(wrong.Path.Length == 0 ? "the whole" : wrong.Path)}: {wrong.Message}";

    public static string Untried(string path) => $"No document could be made that has \"{path}\".";

    public static string PartsRefused(string path, string separator, string reason) => $"\"{path}\": a valid text is refused at the separator \"{separator}\". {reason}";

    public static string SeveralRefused(string path) => $"Two items may match \"{path}\", and then the document is refused.";

    public static string Preview(JsonValue value) => Problem.Preview(value.ToString());

    public static string Shown(JsonValue value) => value.IsNull ? "nothing" : Preview(value);

    static string Shown(IEnumerable<string> values)
    {
        var all = values.Take(MaxShown + 1).ToList();
        return string.Join(", ", all.Take(MaxShown)) + (all.Count > MaxShown ? ", ..." : "");
    }
}
