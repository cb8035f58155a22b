using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>What two versions of a system's format say differently of one place.</summary>
static class ShapeDiff
{
    const int MaxDepth = 24;
    const int MaxTold = 200;

    /// <summary>The places that differ, with what was said of them and what now is; null where the place is not there.</summary>
    public static IEnumerable<(string Path, string? Before, string? After)> Of(Shape before, Shape after) => Compare(before, after, true, true, "", MaxDepth).Take(MaxTold);

    static IEnumerable<(string Path, string? Before, string? After)> Compare(Shape before, Shape after, bool wasRequired, bool isRequired, string path, int depthLeft)
    {
        if (depthLeft == 0) yield break;
        if (Said(before, wasRequired) is var was && Said(after, isRequired) is var now && was != now) yield return (path, was, now);
        if (before is ArrayShape old && after is ArrayShape list)
        {
            foreach (var one in Compare(old.Item, list.Item, true, true, path + "[0]", depthLeft - 1)) yield return one;
        }

        if (before is not ObjectShape left || after is not ObjectShape right) yield break;
        foreach (var member in left.Members)
        {
            var here = MappingPathParser.Join(path, member.Name);
            if (right.Member(member.Name) is not { } other) yield return (here, Said(member.Shape, member.Required), null);
            else foreach (var one in Compare(member.Shape, other.Shape, member.Required, other.Required, here, depthLeft - 1)) yield return one;
        }

        foreach (var member in right.Members.Where(member => left.Member(member.Name) is null)) yield return (MappingPathParser.Join(path, member.Name), null, Said(member.Shape, member.Required));
    }

    // Titles and descriptions say nothing of data.
    static string Said(Shape shape, bool required) => string.Join(", ", new[]
    {
        shape.Types.ToString(),
        required ? "required" : "",
        shape switch
        {
            ScalarShape one => string.Join(", ", new[]
            {
                one.Format is null ? "" : $"format {one.Format}", Between("characters", one.MinLength, one.MaxLength), Between("value", one.Minimum, one.Maximum),
                one.Allowed.IsEmpty ? "" : $"one of {string.Join(' ', one.Allowed.Select(value => value.ToString()).Order(StringComparer.Ordinal))}", one.Patterns.IsEmpty ? "" : $"pattern {string.Join(' ', one.Patterns.Order(StringComparer.Ordinal))}",
            }.Where(part => part.Length > 0)),
            ArrayShape list => Between("items", list.MinItems, list.MaxItems),
            ObjectShape { Closed: true } => "no other members",
            _ => "",
        },
        Written(shape.Hints),
    }.Where(part => part.Length > 0));

    static string Between(string what, object? least, object? most) => least is null && most is null ? "" : FormattableString.Invariant($"{what} {least ?? "any"} to {most ?? "any"}");

    static string Written(ShapeHints hints) => string.Join(", ", new[]
    {
        hints.Xml is { } xml ? $"xml {xml.Name} {(xml.Attribute ? "attribute" : "element")}{(xml.Wrapped ? " wrapped" : "")} {xml.Namespace} {xml.Prefix}" : "",
        hints.Csv is { } csv ? $"csv {(csv.Header ? "with" : "without")} header, '{csv.Separator}' {csv.Quote}" : "",
        hints.FixedWidth is { } whole ? FormattableString.Invariant($"records {whole.CharacterSet} {whole.LineEnd.Length} {whole.Length} {whole.TagAt} {whole.TagWidth}") : "",
        hints.Column is { } column ? FormattableString.Invariant($"column {column.Name}{column.At} {column.Width} '{column.Pad}' {column.PadLeft}") : "",
        hints.Record is { } record ? $"record {record.Tag}" : "",
    }.Where(part => part.Length > 0).Select(part => part.Trim()));
}
