using System.Collections.Immutable;

namespace Interop.Core.Mapping;

/// <summary>A path as its author wrote it, parsed. See docs/mappings.md.</summary>
/// <param name="Text">The text.</param>
/// <param name="Up">How many groups further out the path begins; <see cref="Document"/> for the document's root.</param>
/// <param name="Steps">The steps from there.</param>
sealed record MappingPath(string Text, int Up, ImmutableArray<PathStep> Steps)
{
    public const int Document = -1;

    public override string ToString() => Text;
}

abstract record PathStep
{
    PathStep()
    {
    }

    public sealed record Member(string Name) : PathStep;

    public sealed record Index(int At) : PathStep;

    /// <summary>The items for which every condition holds.</summary>
    public sealed record Where(ImmutableArray<PathCondition> Conditions) : PathStep;

    /// <summary>Whether the list holds a value.</summary>
    public sealed record Holds(string Value) : PathStep;
}

/// <summary>Exactly one of <paramref name="Literal"/> and <paramref name="Reference"/> is there.</summary>
sealed record PathCondition(ImmutableArray<string> Path, string? Literal, MappingPath? Reference);
