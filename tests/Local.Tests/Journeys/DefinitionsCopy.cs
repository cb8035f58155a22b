namespace Interop.Local.Tests.Journeys;

/// <summary>A copy of the repository's definitions that a test may change.</summary>
static class DefinitionsCopy
{
    /// <summary>Copies them, without the examples, and gives the copy's path.</summary>
    public static string To(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(TestPlatform.Mappings, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(TestPlatform.Mappings, file);
            if (name.Contains("examples", StringComparison.Ordinal)) continue;
            var copy = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    /// <summary>Replaces the first place of a text in a file.</summary>
    public static void Change(string folder, string file, string before, string after)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no \"{before}\".");
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length)));
    }
}
