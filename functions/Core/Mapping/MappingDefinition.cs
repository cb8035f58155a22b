using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>A mapping between one format of one system and one canonical record: checked, compiled, immutable, safe to share between threads. See docs/mappings.md.</summary>
public sealed partial class MappingDefinition
{
    readonly DefinitionSyntax syntax;
    readonly Schema source;
    readonly CanonicalRecord record;
    readonly CanonicalRecord newest;
    readonly CanonicalRecords records;
    readonly Schema canonical;
    readonly MappingPlan plan;

    /// <summary>The definition as its author wrote it.</summary>
    internal DefinitionSyntax Syntax => syntax;

    MappingDefinition(DefinitionSyntax syntax, Schema source, CanonicalRecord record, CanonicalRecords records, MappingPlan plan)
    {
        (this.syntax, this.source, this.record, this.records, newest, canonical, this.plan) = (syntax, source, record, records, records.Newest(record), record.Schema, plan);
        compiledIn = new(() => Compilation.Of(plan.In, MappingDirection.In, source, canonical));
        compiledOut = new(() => Compilation.Of(plan.Out, MappingDirection.Out, canonical, source));
        documentReader = new(DocumentReader);
        documentWriter = new(DocumentWriter);
    }

    /// <summary>The mapping's name.</summary>
    public string Name => syntax.Name;

    /// <summary>The version (semver).</summary>
    public string Version => syntax.Version;

    /// <summary>Name and version, as a message records them.</summary>
    public string Reference => $"{Name}@{Version}";

    /// <summary>The file it stands in.</summary>
    public string File => syntax.Place.File;

    /// <summary>The day from which it applies (<c>2026-04-01</c>), if it is stated.</summary>
    public string? From => syntax.From;

    /// <summary>The code lists it was compiled with.</summary>
    public ImmutableArray<CodeList> CodeLists => plan.CodeLists;

    /// <summary>What it translates, in words.</summary>
    public string Title => syntax.Title;

    /// <summary>Which ways it translates.</summary>
    public MappingDirection Direction => syntax.Direction;

    /// <summary>The name of the source's format, such as <c>json</c>.</summary>
    public string Format => syntax.Format;

    /// <summary>The name of the canonical record, such as <c>update</c>.</summary>
    public string Canonical => record.Name;

    /// <summary>Name and version of the canonical record that it is written against, as a message records them.</summary>
    public string CanonicalReference => record.Reference;

    /// <summary>The schema of the source's documents.</summary>
    public Schema SourceSchema => source;

    /// <summary>The schema of the canonical record.</summary>
    public Schema CanonicalSchema => canonical;

    /// <summary>The file of the source's schema that a definition names, relative to it; null if it names none (loading then says so).</summary>
    public static string? SchemaFileOf(SourceNode root) => ((root as SourceMap)?["source"] as SourceMap)?["schema"] is SourceScalar { Text.Length: > 0 } file ? file.Text : null;

    /// <summary>Checks a definition against its schemas and code lists and compiles it.</summary>
    /// <returns>The definition, or every problem with file, line and column.</returns>
    public static Outcome<MappingDefinition> Load(SourceNode root, MappingContext context)
    {
        var (definition, problems) = Read(root, context);
        return problems.IsEmpty ? definition! : problems;
    }

    /// <summary>The definition as far as it compiles, for the check, beside every problem; null where it is about no record.</summary>
    internal static (MappingDefinition? Definition, ImmutableArray<Problem> Problems) Read(SourceNode root, MappingContext context)
    {
        var problems = new ProblemList();
        var read = DefinitionReader.Read(root, problems);
        if (context.Canonical.Find(read.Canonical) is not { } record)
        {
            // That nothing is named was told when it was read.
            if (problems.IsEmpty || read.Canonical.Name.Length > 0) problems.Add(read.CanonicalPlace, "unknown-schema", context.Canonical.Missing(read.Canonical), value: read.Canonical.ToString());
            return (null, InOrder(problems));
        }

        if (Formats.Format.All.TryGetValue(read.Format, out var format)) problems.AddRange(format.Check(context.Source.Shape));
        var compiled = DefinitionCompiler.Compile(read, context.Source.Shape, record.Schema.Shape, context.CodeLists, problems);
        return (new MappingDefinition(read, context.Source, record, context.Canonical, compiled), WithNewer(WithUnloaded(InOrder(problems), context), read, context, record));
    }

    // A list that has problems of its own is there.
    static ImmutableArray<Problem> WithUnloaded(ImmutableArray<Problem> problems, MappingContext context) =>
        [.. problems.Select(problem => problem.Rule == "unknown-code-list" && context.Unloaded.FirstOrDefault(list => Problem.Preview(list.Key) == problem.Value) is { Key: { } name, Value: var file } ? problem with { Message = MappingMessages.UnloadedCodeList(name, file) } : problem)];

    internal IReadOnlyDictionary<string, CodeList> CodesByName => field ??= CodeLists.ToDictionary(list => list.Name, StringComparer.Ordinal);

    /// <summary>The same definition with its fields, and those of its groups, in the opposite order: what depends on the order comes out otherwise.</summary>
    internal MappingDefinition WithFieldsReversed()
    {
        var reversed = syntax with { Fields = Reversed(syntax.Fields) };
        return new MappingDefinition(reversed, source, record, records, DefinitionCompiler.Compile(reversed, source.Shape, canonical.Shape, CodesByName, new ProblemList()));
    }

    static ImmutableArray<FieldSyntax> Reversed(ImmutableArray<FieldSyntax> fields) => [.. fields.Reverse().Select(field => field switch
    {
        FieldSyntax.Each each => each with { Fields = Reversed(each.Fields) },
        FieldSyntax.Group group => group with { Fields = Reversed(group.Fields) },
        _ => field,
    })];

    static ImmutableArray<Problem> InOrder(ProblemList problems) => [.. problems.ToImmutable().OrderBy(problem => problem.Place?.Line ?? int.MaxValue).ThenBy(problem => problem.Place?.Column)];

    /// <summary>Translates a decoded document of the system to the canonical record. Neither is checked against its schema: see <see cref="Translate"/>.</summary>
    public MappingResult ToCanonical(JsonValue decoded) => Run(decoded, MappingDirection.In).Result;

    /// <summary>Translates a canonical record to a document of the system. Neither is checked against its schema: see <see cref="Translate"/>.</summary>
    public MappingResult ToSource(JsonValue record) => Run(record, MappingDirection.Out).Result;

    /// <summary>Translates a document and checks it and what it becomes against their schemas.</summary>
    /// <param name="document">A decoded document of the system, or a canonical record.</param>
    /// <param name="direction">Which way; the definition must go that way.</param>
    /// <returns>What it became, with every problem once, told where it stands in <paramref name="document"/>.</returns>
    public MappingResult Translate(JsonValue document, MappingDirection direction) => Quickly(document, direction) ?? Interpret(document, direction);

    /// <summary>As <see cref="Translate"/>, never compiled: what the compiled form is held to.</summary>
    public MappingResult Interpret(JsonValue document, MappingDirection direction)
    {
        var (from, to) = direction == MappingDirection.In ? (source, canonical) : (canonical, source);
        var (result, _, _) = Run(document, direction);

        // Two fields that read one place find the same wrong there.
        var problems = result.Problems.Distinct().ToList();
        AddUntold(problems, direction == MappingDirection.Out ? Refused(document) : from.Validate(document), (told, path) => told == path);
        var broken = to.Validate(result.Value);
        if (!broken.IsEmpty) AddUntold(problems, Retold(document, direction, broken), Touch);
        return result with { Problems = [.. problems] };
    }

    /// <summary>As <see cref="ToCanonical"/> or <see cref="ToSource"/>, for one document after another that differ in little.</summary>
    internal MappingResult Run(JsonValue document, MappingDirection direction, MappingRerun before) => Run(document, direction, null, before).Result;

    void Check(MappingDirection direction)
    {
        if (direction is not (MappingDirection.In or MappingDirection.Out) || (Direction & direction) == MappingDirection.None)
            throw new ArgumentException($"The mapping {Name} goes {Direction}, not {direction}.", nameof(direction));
    }

    // A place has one reason: the converter's says more than the schema's, and what failed is not missing besides.
    static void AddUntold(List<Problem> problems, IEnumerable<Problem> more, Func<string, string, bool> covers)
    {
        var told = problems.ConvertAll(problem => problem.Path);
        problems.AddRange(more.Where(problem => !told.Exists(path => covers(path, problem.Path))));
    }

    // What the target lacks may be the consequence of a part, or of the whole, that was refused. A problem of the whole document explains nothing else.
    static bool Touch(string told, string path) =>
        told == path || (told.Length > 0 && path.Length > 0 && (told.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(told + "/", StringComparison.Ordinal)));

    // What is wrong with the target is told in the terms of the document that came; the run is repeated because only then its trace is needed.
    IEnumerable<Problem> Retold(JsonValue document, MappingDirection direction, ImmutableArray<Problem> broken)
    {
        var (_, root, trace) = Run(document, direction, new MappingTrace());
        var places = trace!.Places(root);
        var target = direction == MappingDirection.In ? MappingMessages.CanonicalSide(syntax.Canonical) : MappingMessages.SourceSide;
        foreach (var problem in broken)
        {
            var path = places.Source(problem.Path) ?? problem.Path;
            yield return problem with { Path = path, Message = MappingMessages.InTarget(problem.Message, problem.Path, target) };
        }
    }

    (MappingResult Result, Draft Root, MappingTrace? Trace) Run(JsonValue document, MappingDirection direction, MappingTrace? trace = null, MappingRerun? before = null)
    {
        Check(direction);
        var (instructions, target) = direction == MappingDirection.In ? (plan.In, canonical) : (plan.Out, source);
        var run = new MappingRun(new ProblemList(), trace) { Before = before };
        var root = before?.Nodes.Begin() ?? new Draft();
        var (read, write) = (new ReadScope(document), new WriteScope(root));
        foreach (var instruction in instructions) instruction.Execute(read, write, run);
        run.End();
        var value = root.ToJson(target.Shape, before?.Last ?? JsonValue.Null);
        if (before is not null) before.Last = value;
        return (new MappingResult(value.IsNull && target.Shape is ObjectShape ? JsonValue.EmptyObject : value, run.Problems.ToImmutable()), root, trace);
    }
}
