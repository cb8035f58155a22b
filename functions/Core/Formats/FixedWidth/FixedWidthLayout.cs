using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>How a document of fixed width is laid out, by its schema: an object whose members are records, or one record (with its parts) that is the document.</summary>
sealed class FixedWidthLayout
{
    static readonly ConditionalWeakTable<Shape, FixedWidthLayout> Known = [];

    readonly Dictionary<string, FixedWidthRecord> byTag = new(StringComparer.Ordinal);

    FixedWidthLayout(Shape shape)
    {
        var problems = new ProblemList();
        Hint = shape.Hints.FixedWidth ?? new FixedWidthHint(shape.Place, "utf-8", "\n", null, null, 0);
        if (shape.Hints.FixedWidth is null) problems.Add(shape.Place, "layout", FormatMessages.NoLayout("fixed-width", "fixed-width: { line-end: lf }"));
        Characters = CharacterSet.All[Hint.CharacterSet];
        Root = FixedWidthLayoutReader.Read(shape, Hint, byTag, problems);
        Problems = problems.ToImmutable();
    }

    public FixedWidthHint Hint { get; }

    public CharacterSet Characters { get; }

    /// <summary>The document: it has no columns of its own, only parts.</summary>
    public FixedWidthRecord Root { get; }

    /// <summary>Why the schema lays out no fixed width; empty if it does.</summary>
    public ImmutableArray<Problem> Problems { get; }

    public IReadOnlyCollection<string> Tags => byTag.Keys;

    public static FixedWidthLayout Of(Shape shape) => Known.GetValue(shape, made => new FixedWidthLayout(made));

    /// <summary>The kind of record with this tag (without blanks at its end); null if there is none.</summary>
    public FixedWidthRecord? Tagged(string tag) => byTag.GetValueOrDefault(tag);
}
