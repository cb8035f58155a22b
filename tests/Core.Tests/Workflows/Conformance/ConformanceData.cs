namespace Interop.Core.Tests.Workflows.Conformance;

/// <summary>Finds the conformance data of the workflow language, which lies outside the repository.</summary>
static class ConformanceData
{
    /// <summary>A folder of it, or null: below <c>INTEROP_CONFORMANCE</c>, else <c>shared/conformance</c> beside or above the repository.</summary>
    public static string? Folder(string name)
    {
        if (Environment.GetEnvironmentVariable("INTEROP_CONFORMANCE") is { Length: > 0 } named) return Existing(Path.Combine(named, "serverless-workflow", name));
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Existing(Path.Combine(at.FullName, "shared", "conformance", "serverless-workflow", name)) is { } found) return found;
        return null;
    }

    static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
