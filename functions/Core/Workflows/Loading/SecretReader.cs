using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads references to secrets. They stand alone, and only in the arguments of a call, where the host can fill them in without the run seeing them.</summary>
static partial class SecretReader
{
    /// <summary>A value that is <c>${ $secrets.name }</c> or a member of it; null if it is something else, or stands where no secret may.</summary>
    public static SecretPlace? Of(LoadContext context, SourceScalar scalar)
    {
        if (!context.TakesSecrets || !scalar.Value.Kind.Equals(Json.JsonKind.String) || Reference().Match(scalar.Text) is not { Success: true } found) return null;
        var path = Part().Matches(found.Groups[1].Value).Select(part => part.Groups[1].Success ? part.Groups[1].Value : part.Groups[2].Value).ToImmutableArray();
        Use(context, scalar.Place, path[0]);
        return new SecretPlace(path);
    }

    /// <summary>Reports a secret that the definition does not declare, or that this host does not keep.</summary>
    public static void Use(LoadContext context, Place place, string name)
    {
        if (!context.Use.Secrets.Contains(name)) context.Problems.UnknownName(place, "undefined", "secret", name, context.Use.Secrets, "Name it under use.secrets.");
        context.Need(HostFeature.Secrets, place, "A secret in a workflow", "Name a system whose definition holds it, and deliver to it.");
    }

    [GeneratedRegex(@"^\s*\$\{\s*\$secrets((?:\.[A-Za-z_][A-Za-z0-9_]*|\.?\[""[^""\\]+""\])+)\s*\}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\.([A-Za-z_][A-Za-z0-9_]*)|\.?\[""([^""]+)""\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
