using System.Globalization;
using System.Threading.Channels;
using Interop.Local.Simulators;
using Spectre.Console;

namespace Interop.Local.Demo;

/// <summary>How the journey ended, for the last lines of the view.</summary>
/// <param name="Reasons">Why it did not end as expected; none if it did.</param>
/// <param name="RealTime">How long it took.</param>
/// <param name="SimulatedTime">How much time passed in it.</param>
/// <param name="RunPage">Where the run can be read.</param>
internal sealed record JourneyEnd(IReadOnlyList<string> Reasons, TimeSpan RealTime, TimeSpan SimulatedTime, Uri? RunPage);

/// <summary>Shows a journey in the terminal, one row a step as it happens; plain lines where the output is no terminal.</summary>
internal sealed class DemoView(IAnsiConsole console)
{
    const int CellLimit = 200;

    static readonly Dictionary<StepDirection, (string Word, string Colour)> Directions = new()
    {
        [StepDirection.In] = ("in", "green"),
        [StepDirection.Out] = ("out", "deepskyblue1"),
        [StepDirection.Decision] = ("decision", "yellow"),
        [StepDirection.Clock] = ("clock", "magenta"),
    };

    // Titles and the least widths of the columns; what is left of the line is shared by the three in words.
    static readonly (string Title, int Width)[] Columns =
        [("When", 16), ("", 8), ("System", 19), ("What came in", 0), ("What it became", 0), ("What went out", 0), ("Took", 9)];

    readonly bool isTerminal = console.Profile.Out.IsTerminal;
    int steps;

    /// <summary>Shows steps until there are no more.</summary>
    /// <returns>How many steps were shown.</returns>
    public async Task<int> ShowAsync(ChannelReader<JourneyStep> reader, CancellationToken cancel)
    {
        if (isTerminal) WriteRow([.. Columns.Select(column => $"[bold]{column.Title}[/]")]);
        await foreach (var step in reader.ReadAllAsync(cancel)) Show(step);
        return steps;
    }

    /// <summary>Shows one step.</summary>
    public void Show(JourneyStep step)
    {
        steps++;
        var (word, colour) = Directions[step.Direction];
        var when = Timestamps.InLondon(step.At, "ddd dd MMM HH:mm");
        var took = step.Milliseconds.ToString(step.Milliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";
        if (isTerminal)
            WriteRow([when, $"[{colour}]{word}[/]", Cell(step.System), Cell(step.CameIn), Cell(step.Became), Cell(step.WentOut), took]);
        else
            WriteLine($"{when}  {word,-8}  {Clean(step.System),-19}  {Joined(step)}  ({took})");
    }

    /// <summary>Shows how it ended.</summary>
    public void ShowEnd(JourneyEnd end)
    {
        var days = end.SimulatedTime.TotalDays.ToString("0.0", CultureInfo.InvariantCulture);
        var seconds = end.RealTime.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        WriteLine("");
        WriteLine($"{steps} steps; {days} simulated days in {seconds} s.");
        if (end.Reasons.Count == 0)
        {
            Write("The journey ended as expected.", "green");
        }
        else
        {
            Write("The journey did not end as expected:", "red");
            foreach (var reason in end.Reasons) WriteLine($"  - {Clean(reason)}");
        }

        if (end.RunPage is not null) WriteLine($"The run: {end.RunPage}");
    }

    void WriteRow(string[] cells)
    {
        var words = Columns.Count(column => column.Width == 0);
        var free = console.Profile.Width - Columns.Sum(column => column.Width) - Columns.Length;
        var share = Math.Max(12, free / words);
        var table = new Table().NoBorder().HideHeaders();
        foreach (var (_, width) in Columns)
            table.AddColumn(new TableColumn("") { Width = width == 0 ? share : width, Padding = new Padding(0, 0, 1, 0) });
        table.AddRow(cells);
        console.Write(table);
    }

    void Write(string text, string colour)
    {
        if (isTerminal) console.MarkupLine($"[{colour}]{Markup.Escape(text)}[/]");
        else WriteLine(text);
    }

    // Written past the console's own wrapping: a line in a file stays one line.
    void WriteLine(string line) => console.Profile.Out.Writer.WriteLine(line);

    static string Joined(JourneyStep step) =>
        string.Join(" -> ", new[] { step.CameIn, step.Became, step.WentOut }.Where(part => part.Length > 0).Select(Clean));

    static string Cell(string text) => Markup.Escape(Clean(text));

    // What systems send is shown, not obeyed: no control characters reach the terminal.
    static string Clean(string text)
    {
        var shown = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return shown.Length <= CellLimit ? shown : shown[..(CellLimit - 1)] + "…";
    }
}
