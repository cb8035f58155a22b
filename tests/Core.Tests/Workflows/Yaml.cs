using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Workflows;

/// <summary>The case files of this folder.</summary>
static class Yaml
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Workflows", "Cases");

    public static JsonValue Read(string file) => Parse(File.ReadAllText(Path.Combine(Folder, file)), file);

    public static JsonValue Parse(string text, string file = "text")
    {
        var read = SourceReader.Read(text, file);
        return read.Succeeded ? read.Value.ToJson() : throw new InvalidOperationException(string.Join("\n", read.Problems));
    }

    /// <summary>A definition of which a case gives the part after <c>document</c>.</summary>
    public static string Definition(string rest) => "document: { dsl: '1.0.3', namespace: tests, name: case, version: '1.0.0' }\n" + rest;
}
