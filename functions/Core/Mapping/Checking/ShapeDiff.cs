using System.Collections.Immutable;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>What two versions of a schema say differently of one place.</summary>
/// <param name="Path">The place.</param>
/// <param name="Before">What was said of it; null where it was not there.</param>
/// <param name="After">What now is; null where it is not there.</param>
/// <param name="Added">The values that it may have besides, where both list some.</param>
/// <param name="Removed">Those that it may have no longer.</param>
sealed record ShapeChange(string Path, string? Before, string? After, ImmutableArray<string> Added, ImmutableArray<string> Removed);

/// <summary>What two versions of a system's format, or of a record, say differently.</summary>
static class ShapeDiff
{
    const int MaxDepth = 24;
    const int MaxTold = 200;

    /// <summary>The places that differ.</summary>
    public static IEnumerable<ShapeChange> Of(Shape before, Shape after) => Compare(before, after, true, true, "", MaxDepth).Take(MaxTold);

    static IEnumerable<ShapeChange> Compare(Shape before, Shape after, bool wasRequired, bool isRequired, string path, int depthLeft)
    {
        if (depthLeft == 0) yield break;
        var (had, has) = (Listed(before), Listed(after));
        var isListed = !had.IsEmpty && !has.IsEmpty;
        var (was, now) = (Said(before, wasRequired, !isListed), Said(after, isRequired, !isListed));
        if (was != now || (isListed && !had.SequenceEqual(has, StringComparer.Ordinal))) yield return new ShapeChange(path, was, now, isListed ? has.RemoveRange(had) : [], isListed ? had.RemoveRange(has) : []);
        if (before is ArrayShape old && after is ArrayShape list)
        {
            foreach (var one in Compare(old.Item, list.Item, true, true, path + "[0]", depthLeft - 1)) yield return one;
        }

        if (before is not ObjectShape left || after is not ObjectShape right) yield break;
        foreach (var member in left.Members)
        {
            var here = MappingPathParser.Join(path, member.Name);
            if (right.Member(member.Name) is not { } other) yield return new ShapeChange(here, Said(member.Shape, member.Required), null, [], []);
            else foreach (var one in Compare(member.Shape, other.Shape, member.Required, other.Required, here, depthLeft - 1)) yield return one;
        }

        foreach (var member in right.Members.Where(member => left.Member(member.Name) is null)) yield return new ShapeChange(MappingPathParser.Join(path, member.Name), null, Said(member.Shape, member.Required), [], []);
    }

    // Titles and descriptions say nothing of data.
    static string Said(Shape shape, bool required, bool withValues = true) => string.Join(", ", new[]
    {
        shape.Types.ToString(),
        required ? "required" : "",
        shape switch
        {
            ScalarShape one => string.Join(", ", new[]
            {
                one.Format is null ? "" : $"format {one.Format}", Between("characters", one.MinLength, one.MaxLength), Between("value", one.Minimum, one.Maximum),
                one.Allowed.IsEmpty || !withValues ? "" : $"one of {string.Join(' ', Listed(one))}", one.Patterns.IsEmpty ? "" : $"pattern {string.Join(' ', one.Patterns.Order(StringComparer.Ordinal))}",
            }.Where(part => part.Length > 0)),
            ArrayShape list => Between("items", list.MinItems, list.MaxItems),
            ObjectShape { Closed: true } => "no other members",
            _ => "",
        },
        Written(shape.Hints),
    }.Where(part => part.Length > 0));

    static ImmutableArray<string> Listed(Shape shape) => shape is ScalarShape one ? [.. one.Allowed.Select(value => value.ToString()).Order(StringComparer.Ordinal)] : [];

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
