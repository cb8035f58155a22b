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
        Console.WriteLine($"{set.Organisations.Count} organisations, {set.Systems.Length} systems, {set.Mappings.Count} mappings, {set.Workflows.Length} workflows, {set.Agreements.Length} agreements: no problems.");
        return 0;
    }
}
