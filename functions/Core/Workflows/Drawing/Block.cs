using System.Collections.Immutable;

namespace Interop.Core.Workflows.Drawing;

/// <summary>A task as a block: its name, what it does in lines, and the lists of tasks in it; and whether the next in the list may follow.</summary>
sealed record Block(string Pointer, string Name, string Kind, ImmutableArray<string> Lines, ImmutableArray<BlockGroup> Groups, bool GoesOn = true)
{
    public const int Padding = 8;
    public const int TitleHeight = 22;
    public const int LineHeight = 15;
    public const int BeforeGroups = 4;
    const int LeastWidth = 150;
    const double CharacterWidth = 6.6;

    public int Width => field > 0 ? field : field = Math.Max(LeastWidth, Math.Max(
        TextWidth($"{Name}  {Kind}") + 24,
        Math.Max(Lines.Select(TextWidth).DefaultIfEmpty(0).Max(), Groups.Select(group => group.Width).DefaultIfEmpty(0).Max())) + (2 * Padding));

    public int Height => field > 0 ? field : field = TitleHeight + (Lines.Length * LineHeight) + (Lines.IsEmpty ? 0 : BeforeGroups) + Groups.Sum(group => group.Height + Padding) + (Lines.IsEmpty && Groups.IsEmpty ? 4 : Padding);

    public static int TextWidth(string text) => (int)Math.Ceiling(text.Length * CharacterWidth);
}

/// <summary>Blocks one below the other, or side by side, under a label.</summary>
sealed record BlockGroup(string Label, ImmutableArray<Block> Blocks, bool IsSideBySide)
{
    public const int Gap = 14;

    public int LabelHeight => Label.Length > 0 ? Block.LineHeight : 0;

    public int Width => field > 0 ? field : field = Math.Max(
        Block.TextWidth(Label),
        Blocks.IsEmpty ? 0 : IsSideBySide ? Blocks.Sum(block => block.Width) + ((Blocks.Length - 1) * Gap) : Blocks.Max(block => block.Width));

    public int Height => field > 0 ? field : field = LabelHeight + (Blocks.IsEmpty ? 0 : IsSideBySide ? Blocks.Max(block => block.Height) : Blocks.Sum(block => block.Height) + ((Blocks.Length - 1) * Gap));
}
