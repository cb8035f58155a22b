using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>Every sentence that validation says. A value is never in the sentence: it may be personal data and goes into <see cref="Problem.Value"/>.</summary>
static class SchemaMessages
{
    const int NamesShown = 10;

    public const string NothingAllowed = "No value is allowed here. Leave it out.";
    public const string NotUnique = "Two items of the list are the same. Keep one.";
    public const string NotContained = "No item of the list is of the kind that one must be.";
    public const string Excluded = "The value has the form that is excluded here.";
    public const string TooComplex = "The value takes too long to check against the alternatives of its schema. Send less in one document.";

    static readonly (JsonTypes Type, string Name)[] TypeNames =
    [
        (JsonTypes.Object, "an object"),
        (JsonTypes.Array, "a list"),
        (JsonTypes.String, "a text"),
        (JsonTypes.Number, "a number"),
        (JsonTypes.Integer, "a whole number"),
        (JsonTypes.Boolean, "true or false"),
        (JsonTypes.Null, "null"),
    ];

    public static string ContainedTooOften(int most, int count) => $"{count} items of the list are of a kind of which there may be {most}. Take the others away.";

    public static string Missing(string name) => $"\"{Problem.Preview(name)}\" is missing. Add it.";

    public static string MissingBeside(string name, string beside) => $"\"{name}\" is missing, and must be there because \"{beside}\" is. Add it.";

    public static string WrongType(JsonTypes wanted, JsonValue found) => $"Here belongs {Names(wanted)}, but {Names(JsonTypeOf.Value(found))} stands here.";

    public static string NotAllowed(JsonValue found, IReadOnlyList<JsonValue> allowed)
    {
        var texts = allowed.Select(value => value.StringOrNull ?? value.ToString()).ToArray();
        var meant = found.StringOrNull is { Length: <= 60 } text ? Sources.Spelling.Nearest(text, texts) : null;
        return texts.Length == 1
            ? $"Only \"{Problem.Preview(texts[0])}\" is allowed here."
            : $"The value must be one of {List(texts)}.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}";
    }

    public static string UnknownMember(string name, IReadOnlyCollection<string> known)
    {
        var meant = name.Length <= 60 ? Sources.Spelling.Nearest(name, known) : null;
        var remedy = meant is not null ? $"Did you mean \"{meant}\"?" : known.Count == 0 ? "Leave it out." : $"Known are {List(known)}.";
        return $"\"{Problem.Preview(name)}\" is not known here. {remedy}";
    }

    public static string UnknownType(string name, IReadOnlyCollection<string> known) =>
        $"\"type\" must be one of {List(known)}.{(Sources.Spelling.Nearest(name, known) is { } meant ? $" Did you mean \"{meant}\"?" : "")}";

    public static string NoMatch(string pattern) => $"The text does not match the pattern {pattern}.";

    public static string NotFormat(string format, string remedy) => $"The text is no valid {format}. {remedy}";

    public static string TooShort(int least, int found) => $"The text has {found} characters; it must have at least {least}.";

    public static string TooLong(int most, int found) => $"The text has {found} characters; at most {most} are allowed. Shorten it.";

    public static string TooFew(int least, int found) => $"The list has {found} items; it must have at least {least}.";

    public static string TooMany(int most, int found) => $"The list has {found} items; at most {most} are allowed.";

    public static string TooFewMembers(int least, int found) => $"The object has {found} members; it must have at least {least}.";

    public static string TooManyMembers(int most, int found) => $"The object has {found} members; at most {most} are allowed.";

    public static string OutOfRange(string rule, string limit) => $"The number must be {rule} {limit}.";

    public static string NotMultiple(string of) => $"The number must be a multiple of {of}.";

    public static string NoAlternative(int count, Failure nearest) =>
        $"The value has none of the {count} forms allowed here. The nearest fails{(nearest.Path.Length == 0 ? "" : $" at {nearest.Path}")}: {nearest.Message(nearest.Value)}";

    public static string ManyAlternatives(int first, int second) =>
        $"The value has two of the forms allowed here, number {first} and number {second}, but must have exactly one.";

    static string Names(JsonTypes types)
    {
        var simple = types.HasFlag(JsonTypes.Number) ? types & ~JsonTypes.Integer : types;
        return string.Join(" or ", TypeNames.Where(pair => simple.HasFlag(pair.Type)).Select(pair => pair.Name));
    }

    static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(NamesShown).Select(Problem.Preview)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
}
