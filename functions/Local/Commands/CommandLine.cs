using System.Collections.Immutable;
using System.CommandLine;
using Interop.Core;
using Interop.Local.Hosting;
using Interop.Local.Time;

namespace Interop.Local.Commands;

/// <summary>The commands and their options. Without a command the platform is served.</summary>
static class CommandLine
{
    static readonly Option<int> Port = new("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => LocalOptions.DefaultPort };
    static readonly Option<string> Folder = new("--folder") { Description = "Where the store and the keys are kept.", DefaultValueFactory = _ => LocalOptions.DefaultFolder };
    static readonly Option<string> Mappings = new("--mappings") { Description = "Where the definitions are.", DefaultValueFactory = _ => LocalOptions.DefaultMappings };
    static readonly Option<string[]> Systems = new("--system") { Description = "Where a system is reached, as id=address, in place of its definition. May be given again.", DefaultValueFactory = _ => [] };
    static readonly Option<DateTimeOffset?> ClockStart = new("--clock-start") { Description = "For trials: the business time at --clock-from." };
    static readonly Option<DateTimeOffset?> ClockFrom = new("--clock-from") { Description = "For trials: the real time at which it is --clock-start; now if not given." };
    static readonly Option<double> ClockScale = new("--clock-scale") { Description = "For trials: business seconds in a real one.", DefaultValueFactory = _ => 1 };
    static readonly Option<bool> Once = new("--once") { Description = "End when the journey has ended: exit code 0 when it went as expected, 1 when not." };

    public static RootCommand Create()
    {
        var demo = new Command("demo", "Starts the platform and simulated police systems, plays one victim's journey, and stays up.") { Once };
        demo.SetAction((parsed, cancellation) => DemoCommand.Run(Options(parsed), parsed.GetValue(Once), cancellation));
        var verify = new Command("verify", "Verifies the hash chains of the audit logs. Exit code 1 when a line was changed, removed or added.");
        verify.SetAction((parsed, cancellation) => AuditCommand.Verify(Options(parsed), cancellation));
        var check = new Command("check", "Checks all definitions and lists every problem with its place. Exit code 1 when there are any.");
        check.SetAction(parsed => CheckCommand.Run(Options(parsed)));
        var root = new RootCommand("Interop.Cloud on one machine. Without a command it serves the platform.") { demo, check, new Command("audit", "The audit log.") { verify } };
        var help = new Command("help", "Lists the commands.");
        help.SetAction(_ => root.Parse("--help").Invoke());
        root.Add(help);
        foreach (var option in new Option[] { Port, Folder, Mappings, Systems, ClockStart, ClockFrom, ClockScale })
        {
            option.Recursive = true;
            root.Add(option);
        }

        root.SetAction((parsed, cancellation) => Addresses(parsed) is { Succeeded: false } wrong ? Task.FromResult(Failures.Show(wrong.Problems)) : ServeCommand.Run(Options(parsed), cancellation));
        return root;
    }

    static LocalOptions Options(ParseResult parsed) => new()
    {
        Port = parsed.GetValue(Port),
        Folder = parsed.GetValue(Folder)!,
        Mappings = parsed.GetValue(Mappings)!,
        Addresses = (_, _) => Task.FromResult(Addresses(parsed)),
        Clock = parsed.GetValue(ClockStart) is { } start ? new ScaledTimeProvider(start, parsed.GetValue(ClockScale), parsed.GetValue(ClockFrom)) : TimeProvider.System,
    };

    static Outcome<ImmutableDictionary<string, Uri>> Addresses(ParseResult parsed)
    {
        var problems = new ProblemList();
        var addresses = ImmutableDictionary.CreateBuilder<string, Uri>(StringComparer.Ordinal);
        foreach (var given in parsed.GetValue(Systems)!)
        {
            if (given.Split('=', 2) is [var id, var text] && Uri.TryCreate(text, UriKind.Absolute, out var address)) addresses[id] = address;
            else problems.Add(null, "system", $"--system {given} is not of the form id=http://host:port.", value: given);
        }

        return problems.Or(addresses.ToImmutable);
    }
}
