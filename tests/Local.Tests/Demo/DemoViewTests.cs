using System.Threading.Channels;
using Interop.Local.Demo;
using Interop.Local.Simulators;
using Spectre.Console;

namespace Interop.Local.Tests.Demo;

public sealed class DemoViewTests : IDisposable
{
    static readonly JourneyStep Step = new(
        JourneyPlan.DefaultStart, StepDirection.In, "online-contact", "incident-report", "incident", "occurrence [RMS]\u001b[31m", 12.4);

    readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    IAnsiConsole Plain() => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });

    IAnsiConsole Terminal() => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new TestTerminal(output) });

    [Fact]
    public async Task Show_WhereTheOutputIsNoTerminal_IsAPlainLineAStep()
    {
        var channel = Channel.CreateUnbounded<JourneyStep>();
        channel.Writer.TryWrite(Step);
        channel.Writer.TryWrite(Step with { Direction = StepDirection.Clock, CameIn = "", Became = "met", WentOut = "", Milliseconds = 0.25 });
        channel.Writer.Complete();
        Assert.Equal(2, await new DemoView(Plain()).ShowAsync(channel.Reader, default));
        string[] expected =
        [
            "Mon 30 Mar 18:12  in        online-contact       incident-report -> incident -> occurrence [RMS] [31m  (12 ms)",
            "Mon 30 Mar 18:12  clock     online-contact       met  (0.3 ms)",
            "",
        ];
        Assert.Equal(expected, output.ToString().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void Show_OnATerminal_IsColouredAndObeysNothingFromOutside()
    {
        new DemoView(Terminal()).Show(Step);
        Assert.Contains("\u001b[", output.ToString());
        Assert.Contains("[RMS]", output.ToString());
        Assert.DoesNotContain("\u001b[31m", output.ToString());
    }

    [Theory]
    [InlineData(new string[0], "The journey ended as expected.")]
    [InlineData(new[] { "one", "two" }, "The journey did not end as expected:\n  - one\n  - two")]
    public void ShowEnd_SaysHowItEnded(string[] reasons, string expected)
    {
        new DemoView(Plain()).ShowEnd(new JourneyEnd(reasons, TimeSpan.FromSeconds(31.5), TimeSpan.FromDays(30), new Uri("http://localhost:7071/runs/r1")));
        Assert.Equal($"\n0 steps; 30.0 simulated days in 31.5 s.\n{expected}\nThe run: http://localhost:7071/runs/r1\n", output.ToString().ReplaceLineEndings("\n"));
    }

    sealed class TestTerminal(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 160;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
