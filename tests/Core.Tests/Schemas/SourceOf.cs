using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Schemas;

/// <summary>Definitions for tests, from text or from values.</summary>
static class SourceOf
{
    public static SourceNode Yaml(string text, string file = "test.yaml") => SourceReader.Read(text, file).Value;

    public static SourceNode Json(JsonValue value) => value.Kind switch
    {
        JsonKind.Array => new SourceList(Here, [.. value.Items.Select(Json)]),
        JsonKind.Object => new SourceMap(Here, [.. value.Members.Select(member => new SourceEntry(member.Key, Here, Json(member.Value)))]),
        _ => new SourceScalar(Here, value.StringOrNull ?? value.ToString(), value),
    };

    static Place Here => new("test.json", 1, 1);
}
