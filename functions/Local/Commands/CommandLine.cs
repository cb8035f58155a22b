using System.CommandLine;
using Interop.Core;
using Interop.Local.Hosting;
using Interop.Local.Time;

namespace Interop.Local.Commands;

/// <summary>The commands. Without a command the platform is served.</summary>
static class CommandLine
{
    const string Hint = "\"help\" lists the commands and their options.";

    /// <summary>Does what the words ask, and gives the exit code. What cannot be done is said in a line, without a stack trace.</summary>
    public static async Task<int> Run(string[] words)
    {
        var parsed = Create().Parse(words);
        if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors != true)
            return Failures.Show([.. parsed.Errors.Select(error => new Problem("command-line", $"{error.Message} {Hint}"))]);
        return await parsed.InvokeAsync();
    }

    static RootCommand Create()
    {
        var demo = new Command("demo", "Starts the platform and simulated police systems, plays one victim's journey, and stays up.") { Options.Once };
        demo.SetAction((parsed, cancellation) => DemoCommand.Run(Of(parsed), parsed.GetValue(Options.Once), cancellation));
        var verify = new Command("verify", "Verifies the hash chains of the audit logs, also beside a running platform. Exit code 1 when a line was changed, removed, added or moved.") { Options.Heads };
        verify.SetAction((parsed, cancellation) => AuditCommand.Verify(parsed.GetValue(Options.Folder)!, parsed.GetValue(Options.Heads)!, cancellation));
        var check = new Command("check", "Checks all definitions (of the folder given, or of --mappings), or the workflows in the files given: lists every problem, and every loss of a mapping with a counterexample. Exit code 1 when something blocks.")
        {
            Options.Files, Options.FromName, Options.ToName, Options.Json, Options.Whole, Options.Notes,
        };
        check.SetAction(Check);
        var diff = new Command("diff", "Says what changes for data from one version of a mapping to another, with documents that become something else; or from one version of a canonical record to another.") { Options.Before, Options.After, Options.Json };
        diff.SetAction(parsed => MappingCommands.Diff(parsed.GetValue(Options.Mappings)!, parsed.GetValue(Options.Before)!, parsed.GetValue(Options.After)!, parsed.GetValue(Options.Json)));
        var matrix = new Command("matrix", "Puts every mapping that goes in beside every one that goes out: full, loses places, or impossible.") { Options.Json };
        matrix.SetAction(parsed => MappingCommands.Matrix(parsed.GetValue(Options.Mappings)!, parsed.GetValue(Options.Json)));
        var draw = new Command("draw", "Draws the workflow in a file as SVG.") { Options.File };
        draw.SetAction(parsed => WorkflowCommands.Draw(parsed.GetValue(Options.File)!));
        var simulate = new Command("simulate", "Plays the workflow in a file and prints its steps; performs nothing. Events that begin a run come first in --events. Exit code 1 when the run fails.") { Options.File, Options.Input, Options.Events };
        simulate.SetAction(parsed => WorkflowCommands.Simulate(parsed.GetValue(Options.File)!, parsed.GetValue(Options.Input), parsed.GetValue(Options.Events)));
        var stuck = new Command("stuck", "Lists runs that wait for nothing that can still happen, with the reasons, also beside a running platform. Exit code 1 when there are any.");
        stuck.SetAction((parsed, cancellation) => RunsCommand.Stuck(parsed.GetValue(Options.Folder)!, parsed.GetValue(Options.Mappings)!, cancellation));
        var move = new Command("move", "Moves the runs of a workflow that go on to another version, and says which cannot move and why. Stop the platform first. Exit code 1 when some cannot.") { Options.Workflow, Options.To, Options.Reason, Options.DryRun };
        move.SetAction((parsed, cancellation) => RunsCommand.Move(
            Of(parsed), new RunsToMove(parsed.GetValue(Options.Workflow)!, parsed.GetValue(Options.To)!, parsed.GetValue(Options.Reason) ?? $"moved to {parsed.GetValue(Options.To)}", parsed.GetValue(Options.DryRun)), cancellation));
        var runs = new Command("runs", "The runs of workflows.") { stuck, move };
        var root = new RootCommand("Interop.Cloud on one machine. Without a command it serves the platform.") { demo, check, diff, matrix, draw, simulate, runs, new Command("audit", "The audit log: \"audit verify\" verifies its hash chains.") { verify } };
        var help = new Command("help", "Lists the commands.");
        help.SetAction(_ => root.Parse("--help").Invoke());
        root.Add(help);
        foreach (var option in new Option[] { Options.Port, Options.Folder, Options.Mappings, Options.Systems, Options.ClockStart, Options.ClockFrom, Options.ClockScale })
        {
            option.Recursive = true;
            root.Add(option);
        }

        root.SetAction((parsed, cancellation) => ServeCommand.Run(Of(parsed), cancellation));
        return root;
    }

    static int Check(ParseResult parsed)
    {
        var view = new FindingsView(parsed.GetValue(Options.Json), parsed.GetValue(Options.Whole), parsed.GetValue(Options.Notes));
        var (from, to) = (parsed.GetValue(Options.FromName), parsed.GetValue(Options.ToName));
        if (from is null != to is null) return Failures.Show([new Problem("command-line", $"--from and --to belong together: a system or mapping that sends, and one that receives. {Hint}")]);
        if (from is not null) return MappingCommands.Compose(parsed.GetValue(Options.Files) is [var named] ? named : parsed.GetValue(Options.Mappings)!, from, to!, view.Json);
        return parsed.GetValue(Options.Files) switch
        {
            [var folder] when Directory.Exists(folder) => CheckCommand.Run(Of(parsed) with { Mappings = folder }, view),
            { Length: > 0 } files => WorkflowCommands.Check(files),
            _ => CheckCommand.Run(Of(parsed), view),
        };
    }

    static LocalOptions Of(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(Options.Port),
        Folder = parsed.GetValue(Options.Folder)!,
        Mappings = parsed.GetValue(Options.Mappings)!,
        Addresses = (_, _) => Task.FromResult<Outcome<System.Collections.Immutable.ImmutableDictionary<string, Uri>>>(parsed.GetValue(Options.Systems)!),
        Clock = parsed.GetValue(Options.ClockStart) is { } start ? new ScaledTimeProvider(start, parsed.GetValue(Options.ClockScale), parsed.GetValue(Options.ClockFrom)) : TimeProvider.System,
    };
}
