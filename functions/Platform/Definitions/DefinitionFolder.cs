using System.Collections.Immutable;
using System.Text;
using Interop.Core;

namespace Interop.Platform.Definitions;

/// <summary>Reads the files of a definitions folder (the repository's mappings/).</summary>
public static class DefinitionFolder
{
    const int MostFiles = 20_000;
    const int MostBytes = 4 << 20;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly ImmutableArray<string> Endings = [".yaml", ".yml", ".csv"];

    /// <summary>Every definition file by its path within the folder, with '/' between; or why the folder cannot be read, one with too many files among it.</summary>
    public static Outcome<ImmutableSortedDictionary<string, string>> Read(string folder, int mostFiles = MostFiles)
    {
        if (!Directory.Exists(folder)) return new Problem("no-folder", $"There is no definitions folder at {folder}. Name it with --mappings, or start from the repository's root.");
        var problems = new ProblemList();
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Endings.Any(path.EndsWith)))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name.Contains("/examples/", StringComparison.Ordinal)) continue;
            if (files.Count >= mostFiles) return new Problem("too-many-files", $"There are more than {mostFiles} definition files in {folder}, and not all would be read. Divide the folder, or take away what is no definition.");
            try
            {
                if (new FileInfo(path).Length > MostBytes) problems.Add(new Place(name, 1, 1), "too-large", $"The file is larger than {MostBytes} bytes.");
                else files[name] = File.ReadAllText(path, Strict);
            }
            catch (DecoderFallbackException)
            {
                problems.Add(new Place(name, 1, 1), "encoding", "The file is not text in UTF-8. Save it in that encoding.");
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                problems.Add(new Place(name, 1, 1), "unreadable", $"The file cannot be read: {failed.Message}");
            }
        }

        return problems.Or(files.ToImmutable);
    }
}
