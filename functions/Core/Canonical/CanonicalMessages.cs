using Interop.Core.Schemas;

namespace Interop.Core.Canonical;

/// <summary>What this folder says to people.</summary>
static class CanonicalMessages
{
    public static string NoVersion(string name) => $"The canonical record \"{name}\" states no version. Add one to the top of the file, such as version: {SemanticVersion.First}; parts that are no record of their own stand in common.schema.yaml.";

    public static string NotLoaded(string name, string file) => $"The canonical record \"{name}\" does not load: mend {file} first.";

    public static string NoSuchRecord(string name, string? meant) => $"There is no canonical record \"{name}\".{(meant is null ? "" : $" Did you mean \"{meant}\"?")}";

    public static string NoSuchVersion(CanonicalReference named, IEnumerable<string> known) =>
        $"The canonical record \"{named.Name}\" has no version \"{named.Version}\". There are: {string.Join(", ", known)}. Name one of them, as {named.Name}@{known.Last()} (without a version it is {SemanticVersion.First}), or put its schema into a folder below canonical/.";

    public static string Twice(string reference, string file) => $"{reference} stands in {file} already, with another text. Raise the version of the newer, or take one of the two away.";

    public static string OtherMajor(CanonicalRecord older, CanonicalRecord newer) =>
        $"{newer.Reference} is another major version than {older.Reference} ({older.Place.File}), and what is stored, and every workflow and agreement, is written for one. Only add, and call it {older.Version with { Minor = older.Version.Minor + 1, Patch = 0, Before = "" }}; what cannot be added is a record with a name of its own.";

    public static string Incompatible(CanonicalRecord older, CanonicalRecord newer, LostPlace lost) =>
        $"{newer.Reference} must take every record of {older.Reference} ({older.Place.File}), and does not: {(lost.Path.Length == 0 ? "the whole" : $"\"{lost.Path}\"")} {lost.What}. A new version only adds members that may be absent, and codes, and widens limits. {lost.Remedy}";

    public static string NoPatch(CanonicalRecord older, CanonicalRecord newer, LostPlace added) =>
        $"{newer.Reference} takes records that {older.Reference} does not ({(added.Path.Length == 0 ? "the whole" : $"\"{added.Path}\"")}), so it is more than a patch. Call it {older.Version with { Minor = older.Version.Minor + 1, Patch = 0, Before = "" }}.";
}
