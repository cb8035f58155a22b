
namespace Interop.Core.Tests.Jq;

/// <summary>One block of a conformance file: a program, its input and its outputs, or a program that must not compile.</summary>
public sealed record ConformanceCase(string File, int Line, string Program, string? Input, IReadOnlyList<string> Outputs)
{
    public bool MustFail => Input is null;
}

/// <summary>Finds and reads the language's conformance data, which lies outside the repository.</summary>
static class Conformance
{
    public static readonly string[] Files = ["jq.test", "man.test", "optional.test", "base64.test", "uri.test", "onig.test", "manonig.test"];

    /// <summary>The folder, or null: <c>INTEROP_CONFORMANCE</c>, else <c>shared/conformance</c> beside or above the repository.</summary>
    public static string? Folder()
    {
        var named = Environment.GetEnvironmentVariable("INTEROP_CONFORMANCE");
        if (!string.IsNullOrEmpty(named)) return Existing(Path.Combine(named, "jq"));
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Existing(Path.Combine(at.FullName, "shared", "conformance", "jq")) is { } found) return found;
        return null;
    }

    public static IEnumerable<ConformanceCase> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        var file = Path.GetFileName(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsBlank(lines[i])) continue;
            if (lines[i].StartsWith("%%FAIL", StringComparison.Ordinal))
            {
                yield return new ConformanceCase(file, i + 2, lines[i + 1], null, []);
                while (i < lines.Length && lines[i].Length > 0) i++;
                continue;
            }

            var start = i;
            var outputs = new List<string>();
            for (i += 2; i < lines.Length && lines[i].Trim().Length > 0; i++)
                if (!lines[i].StartsWith('#')) outputs.Add(lines[i]);
            yield return new ConformanceCase(file, start + 1, lines[start], lines[start + 1], outputs);
        }
    }

    static string? Existing(string path) => Directory.Exists(path) ? path : null;

    static bool IsBlank(string line) => line.Trim().Length == 0 || line.StartsWith('#');
}
