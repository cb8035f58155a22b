using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

/// <summary>A JSON Schema (2020-12), compiled: immutable, safe to share between threads.</summary>
/// <remarks>
/// The keywords there are stand in the table <c>Keywords</c>; another one is refused, because a rule that is silently ignored is worse than none.
/// <c>format</c> asserts, and patterns run in linear time (no lookarounds, no back references).
/// </remarks>
public sealed class Schema
{
    readonly SchemaNode root;

    Schema(SchemaNode root, bool hasDependents) => (this.root, HasDependents) = (root, hasDependents);

    /// <summary>The compiled schema, for what is made from it.</summary>
    internal SchemaNode Root => root;

    /// <summary>What the schema says of a value, as a type.</summary>
    public Shape Shape => field ??= ShapeBuilder.Build(root);

    /// <summary>Compiles a schema that refers to no other file.</summary>
    public static Outcome<Schema> Load(SourceNode root) => Load(root, _ => null);

    /// <summary>Compiles a schema.</summary>
    /// <param name="root">The schema's document.</param>
    /// <param name="resolve">
    /// The document of another file that a <c>$ref</c> names, by its path relative to the root's folder (<c>common.schema.yaml</c>,
    /// <c>../canonical/common.schema.yaml</c>); null if there is none. It is asked once for each path.
    /// </param>
    /// <returns>The schema, or every problem with its place.</returns>
    public static Outcome<Schema> Load(SourceNode root, Func<string, SourceNode?> resolve)
    {
        var problems = new ProblemList();
        var compiler = new SchemaCompiler(resolve, problems);
        var node = compiler.CompileRoot(root);
        InPlaceLoops.Refuse(compiler.Nodes, problems);
        return problems.Or(() => new Schema(node, compiler.Nodes.Any(one => one.Dependents.Count > 0)));
    }

    /// <summary>Every way in which <paramref name="value"/> breaks the schema; empty if it is valid.</summary>
    /// <remarks>The path is a JSON Pointer; that of a missing member names the member. The offending value is in <see cref="Problem.Value"/>, never in the message.</remarks>
    public ImmutableArray<Problem> Validate(JsonValue value) => Visit.Start(root, value);

    /// <summary>As <see cref="Validate(JsonValue)"/>, for values that share parts: a part that was valid once is not looked into again.</summary>
    internal ImmutableArray<Problem> Validate(JsonValue value, ValidParts known) => Visit.Start(root, value, known);

    /// <summary>Whether a value is valid, for values that share parts: nothing is told of what is wrong.</summary>
    internal bool IsValid(JsonValue value, ValidParts known) => Visit.IsValid(root, value, known);

    /// <summary>Whether it says anywhere that a member must be there because another is.</summary>
    internal bool HasDependents { get; }
}
