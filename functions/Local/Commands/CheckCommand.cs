using Interop.Local.Hosting;
using Interop.Platform.Definitions;

namespace Interop.Local.Commands;

/// <summary>Loads and checks all definitions, and starts nothing.</summary>
static class CheckCommand
{
    public static int Run(LocalOptions options)
    {
        var definitions = DefinitionFolder.Read(options.Mappings).Then(DefinitionSet.Load);
        if (!definitions.Succeeded) return Failures.Show(definitions.Problems);
        var set = definitions.Value;
        Console.WriteLine($"{Count(set.Organisations.Count, "organisation")}, {Count(set.Systems.Length, "system")}, {Count(set.Mappings.Count, "mapping")}, {Count(set.Workflows.Length, "workflow")}, {Count(set.Agreements.Length, "agreement")}: no problems.");
        return 0;
    }

    static string Count(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
