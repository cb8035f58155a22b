using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Interop.Core.Messages;
using Interop.Local.Hosting;
using Interop.Local.Time;
using Interop.Platform.Audit;
using Interop.Platform.Runs;

namespace Interop.Local.Commands;

/// <summary>The options of the commands. Each refuses a value that it cannot use, and says what it wants.</summary>
static class Options
{
    public static readonly Argument<string> File = new("file") { Description = "The file of a workflow, YAML or JSON." };

    public static readonly Argument<string[]> Files = new("file") { HelpName = "folder, or any files", Description = "A folder of definitions, or files of workflows; all definitions if none is given.", Arity = ArgumentArity.ZeroOrMore };

    public static readonly Argument<string> Before = new("before") { Description = "A mapping with its version, such as rms-occurrence@1, or a mapping's folder." };

    public static readonly Argument<string> After = new("after") { Description = "The same in another version." };

    public static readonly Option<string?> FromName = new("--from") { Description = "A system or mapping that sends: with --to, what the receiver does not learn of it." };

    public static readonly Option<string?> ToName = new("--to") { Description = "A system or mapping that receives." };

    public static readonly Option<bool> Json = new("--json") { Description = "Write JSON, for programs." };

    public static readonly Option<bool> Whole = new("--verbose") { Description = "Show the whole documents of counterexamples." };

    public static readonly Option<bool> Notes = new("--notes") { Description = "Show notes too, which block nothing." };

    public static readonly Option<string?> Input = new("--input") { Description = "A file (YAML or JSON) with the run's input." };

    public static readonly Option<string?> Events = new("--events")
    {
        Description = "A file (YAML or JSON) with a list of what happens: events ({ type, data }) and answers of calls ({ done: task, output } or { failed: task, error: { status, title } }).",
    };

    public static readonly Option<int> Port = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => LocalOptions.DefaultPort,
        CustomParser = given => One<int>(given, TryPort, $"a port from 0 to {IPEndPoint.MaxPort}"),
    };

    public static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the store and the keys are kept.", DefaultValueFactory = _ => LocalOptions.DefaultFolder, CustomParser = given => One<string>(given, TryPath, "the path of a folder")!,
    };

    public static readonly Option<string> Mappings = new("--mappings")
    {
        Description = "Where the definitions are.", DefaultValueFactory = _ => LocalOptions.DefaultMappings, CustomParser = given => One<string>(given, TryPath, "the path of a folder")!,
    };

    public static readonly Option<ImmutableDictionary<string, Uri>> Systems = new("--system")
    {
        Description = "Where a system is reached, as id=address, in place of its definition. May be given again.", HelpName = "id=address",
        DefaultValueFactory = _ => ImmutableDictionary<string, Uri>.Empty, CustomParser = Addresses, Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<DateTimeOffset?> ClockStart = new("--clock-start") { Description = "For trials: the business time at --clock-from.", HelpName = "time", CustomParser = Time };

    public static readonly Option<DateTimeOffset?> ClockFrom = new("--clock-from") { Description = "For trials: the real time at which it is --clock-start; now if not given.", HelpName = "time", CustomParser = Time };

    public static readonly Option<double> ClockScale = new("--clock-scale")
    {
        Description = "For trials: business seconds in a real one, from --clock-start on.", DefaultValueFactory = _ => 1,
        CustomParser = given => One<double>(given, TryScale, $"a number above 0 and at most {ScaledTimeProvider.MaxScale:F0}"),
    };

    public static readonly Option<ImmutableDictionary<OrganisationId, AuditNote>> Heads = new("--head")
    {
        Description = "The head that an earlier verification printed, as organisation=number:hash: that line must still be there. May be given again.", HelpName = "head",
        DefaultValueFactory = _ => ImmutableDictionary<OrganisationId, AuditNote>.Empty, CustomParser = Noted, Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<string> Workflow = new("--workflow") { Description = "The name of a workflow.", Required = true };

    public static readonly Option<string> To = new("--to") { Description = "The version to move to.", Required = true };

    public static readonly Option<string?> Reason = new("--reason")
    {
        Description = "Why, without personal data: it is kept with each run.",
        CustomParser = given => One<string>(given, TryReason, $"a reason of 1 to {RunMoves.LongestReason} characters"),
    };

    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say what would be done." };

    public static readonly Option<bool> Once = new("--once") { Description = "End when the journey has ended: exit code 0 when it went as expected, 1 when not." };

    delegate bool Reader<T>(string text, out T value);

    static T? One<T>(ArgumentResult given, Reader<T> read, string wanted)
    {
        var text = given.Tokens[^1].Value;
        if (read(text, out var value)) return value;
        given.AddError($"{NameOf(given)} \"{text}\" is not {wanted}.");
        return default;
    }

    static ImmutableDictionary<string, Uri> Addresses(ArgumentResult given)
    {
        var addresses = ImmutableDictionary.CreateBuilder<string, Uri>(StringComparer.Ordinal);
        foreach (var text in given.Tokens.Select(token => token.Value))
        {
            if (text.Split('=', 2) is [{ Length: > 0 } id, var written] && Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") addresses[id] = address;
            else given.AddError($"{NameOf(given)} \"{text}\" is not of the form id=http://host:port.");
        }

        return addresses.ToImmutable();
    }

    static ImmutableDictionary<OrganisationId, AuditNote> Noted(ArgumentResult given)
    {
        var heads = ImmutableDictionary.CreateBuilder<OrganisationId, AuditNote>();
        foreach (var text in given.Tokens.Select(token => token.Value))
        {
            if (text.Split('=', ':') is [var organisation, var sequence, { Length: > 0 } hash] && OrganisationId.Parse(organisation) is { Succeeded: true } id
                && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) heads[id.Value] = new AuditNote(number, hash);
            else given.AddError($"{NameOf(given)} \"{text}\" is not of the form organisation=number:hash.");
        }

        return heads.ToImmutable();
    }

    static DateTimeOffset? Time(ArgumentResult given) => One<DateTimeOffset>(given, TryTime, "a time such as 2026-03-31T09:00:00Z");

    static bool TryPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;

    static bool TryPath(string text, out string path) => !string.IsNullOrWhiteSpace(path = text);

    static bool TryReason(string text, out string reason) => !string.IsNullOrWhiteSpace(reason = text) && text.Length <= RunMoves.LongestReason;

    static bool TryScale(string text, out double scale) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out scale) && scale is > 0 and <= ScaledTimeProvider.MaxScale;

    static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    static string NameOf(ArgumentResult given) => (given.Parent as OptionResult)?.Option.Name ?? "";
}
