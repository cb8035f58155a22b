using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Sources;

namespace Interop.Platform.Definitions;

/// <summary>The files of a definitions folder, each read into nodes at most once; what does not parse is reported at once.</summary>
sealed class SourceFiles(ImmutableSortedDictionary<string, string> files, ProblemList problems)
{
    readonly Dictionary<string, SourceNode?> read = new(StringComparer.Ordinal);
    ImmutableDictionary<string, Outcome<SourceNode>> parsed = ImmutableDictionary<string, Outcome<SourceNode>>.Empty;

    /// <summary>Parses files below a folder with one of these endings on all cores. What is wrong with one is reported when it is read.</summary>
    public void Prepare(string folder, params string[] endings) => parsed = files
        .Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal) && Array.Exists(endings, ending => file.Key.EndsWith(ending, StringComparison.Ordinal)))
        .AsParallel().Select(file => KeyValuePair.Create(file.Key, SourceReader.Read(file.Value, file.Key))).ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Files below a folder with an ending: path, name (the file's, without the ending) and root.</summary>
    public IEnumerable<(string Path, string Name, SourceNode Root)> Below(string folder, string ending) =>
        from path in files.Keys
        where path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal)
        let root = Read(path)
        where root is not null
        select (path, NameOf(path), root);

    /// <summary>The root of a file that must be there; null after a problem, which goes to <paramref name="to"/> if that is given.</summary>
    public SourceNode? Read(string path, ProblemList? to = null)
    {
        if (read.TryGetValue(path, out var known)) return known;
        if (!files.TryGetValue(path, out var text))
        {
            (to ?? problems).Add(new Place(path, 1, 1), "no-file", "The file is missing. Add it.");
            return read[path] = null;
        }

        return read[path] = (to ?? problems).Take(parsed.TryGetValue(path, out var outcome) ? outcome : SourceReader.Read(text, path));
    }

    /// <summary>A file named relative to another; null when there is none. Its path is added to <paramref name="opened"/>.</summary>
    public SourceNode? Beside(string path, string relative, ProblemList? to = null, ISet<string>? opened = null)
    {
        var parts = new Stack<string>(path.Split('/')[..^1]);
        foreach (var part in relative.Split('/'))
        {
            if (part == ".." && parts.Count > 0) parts.Pop();
            else if (part != ".") parts.Push(part);
        }

        var full = string.Join('/', parts.Reverse());
        if (!files.ContainsKey(full)) return null;
        opened?.Add(full);
        return Read(full, to);
    }

    public static string NameOf(string path)
    {
        var file = path[(path.LastIndexOf('/') + 1)..];
        return file[..file.IndexOf('.', StringComparison.Ordinal)];
    }
}

static class ProblemListExtensions
{
    /// <summary>The value, or null after its problems were taken over.</summary>
    public static T? Take<T>(this ProblemList problems, Outcome<T> outcome)
        where T : class
    {
        problems.AddRange(outcome.Problems);
        return outcome.Succeeded ? outcome.Value : null;
    }
}
