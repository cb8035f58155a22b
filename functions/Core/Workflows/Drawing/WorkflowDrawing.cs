using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using System.Text;

namespace Interop.Core.Workflows.Drawing;

/// <summary>Draws a definition as nested blocks (SVG), each task in the colour and with the mark of where a run stands there.</summary>
/// <remarks>Colours stand in attributes, so that a page needs no style of its own; marks and texts say the same as colours.</remarks>
public static class WorkflowDrawing
{
    const int Margin = 10;

    static readonly Dictionary<TaskStanding, (string Fill, string Stroke, string Mark, string Words)> Looks = new()
    {
        [TaskStanding.NotReached] = ("#ffffff", "#505a5f", "",  "not reached"),
        [TaskStanding.UnderWay]   = ("#d2e2f1", "#1d70b8", "●", "under way"),
        [TaskStanding.Completed]  = ("#cce2d8", "#005a30", "✓", "completed"),
        [TaskStanding.Skipped]    = ("#eeefef", "#505a5f", "–", "skipped"),
        [TaskStanding.Faulted]    = ("#f6d7d2", "#942514", "✗", "failed"),
        [TaskStanding.Cancelled]  = ("#fcd6c3", "#6e3619", "■", "stopped"),
    };

    /// <summary>The drawing as an SVG element.</summary>
    /// <param name="workflow">The definition.</param>
    /// <param name="standings">Where a run stands, by the tasks' JSON Pointers (<see cref="TaskStandings.Of"/>); none to draw the definition alone.</param>
    public static string Svg(Workflow workflow, ImmutableDictionary<string, TaskStanding>? standings = null)
    {
        var block = BlockBuilder.Workflow(workflow);
        var (width, height) = (block.Width + (2 * Margin), block.Height + (2 * Margin));
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{Escape($"The workflow {workflow.Title}, drawn as nested tasks")}" font-family="sans-serif" font-size="12" fill="#0b0c0c">""");
        Draw(svg, block, Margin, Margin, block.Width, standings ?? ImmutableDictionary<string, TaskStanding>.Empty);
        return svg.Append("</svg>\n").ToString();
    }

    static void Draw(StringBuilder svg, Block block, int x, int y, int width, ImmutableDictionary<string, TaskStanding> standings)
    {
        var standing = standings.GetValueOrDefault(block.Pointer);
        var (fill, stroke, mark, words) = Looks[standing];
        svg.Append("<g>");
        if (block.Pointer.Length > 0) Add(svg, $"<title>{Escape(block.Pointer)}{(standings.IsEmpty ? "" : $": {words}")}</title>");
        Add(svg, $"""<rect x="{x}" y="{y}" width="{width}" height="{block.Height}" rx="4" fill="{fill}" stroke="{stroke}" stroke-width="{(standing == TaskStanding.NotReached ? 1 : 2)}"/>""");
        Add(svg, $"""<text x="{x + Block.Padding}" y="{y + 16}"><tspan font-weight="bold">{Escape(block.Name)}</tspan> <tspan fill="#505a5f">{Escape(block.Kind)}</tspan></text>""");
        if (mark.Length > 0) Add(svg, $"""<text x="{x + width - Block.Padding}" y="{y + 16}" text-anchor="end" fill="{stroke}">{mark}</text>""");
        var below = y + Block.TitleHeight;
        foreach (var line in block.Lines)
        {
            Add(svg, $"""<text x="{x + Block.Padding}" y="{below + 11}">{Escape(line)}</text>""");
            below += Block.LineHeight;
        }

        if (!block.Lines.IsEmpty) below += Block.BeforeGroups;
        foreach (var group in block.Groups)
        {
            Draw(svg, group, x + Block.Padding, below, width - (2 * Block.Padding), standings);
            below += group.Height + Block.Padding;
        }

        svg.Append("</g>\n");
    }

    static void Draw(StringBuilder svg, BlockGroup group, int x, int y, int width, ImmutableDictionary<string, TaskStanding> standings)
    {
        if (group.Label.Length > 0) Add(svg, $"""<text x="{x}" y="{y + 11}" font-style="italic">{Escape(group.Label)}</text>""");
        y += group.LabelHeight;
        foreach (var (at, block) in group.Blocks.Index())
        {
            if (group.IsSideBySide)
            {
                Draw(svg, block, x, y, block.Width, standings);
                x += block.Width + BlockGroup.Gap;
                continue;
            }

            if (at > 0 && group.Blocks[at - 1].GoesOn) Add(svg, $"""<path d="M{x + 20} {y - BlockGroup.Gap} v{BlockGroup.Gap - 4} m-4 -4 l4 4 l4 -4" fill="none" stroke="#505a5f"/>""");
            Draw(svg, block, x, y, width, standings);
            y += block.Height + BlockGroup.Gap;
        }
    }

    static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    static string Escape(string text) => SecurityElement.Escape(string.Concat(text.Where(character => !char.IsControl(character) && !char.IsSurrogate(character))));
}
