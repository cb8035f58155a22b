using System.Collections.Immutable;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>A definition compiled: what is run in each direction.</summary>
sealed record MappingPlan(ImmutableArray<Instruction> In, ImmutableArray<Instruction> Out)
{
    /// <summary>The code lists it uses.</summary>
    public ImmutableArray<CodeList> CodeLists { get; init; } = [];
}

/// <summary>Checks a definition against both schemas and compiles it. One use, one definition.</summary>
sealed partial class DefinitionCompiler
{
    static readonly string[] ComputeVariables = ["document", "position"];

    readonly DefinitionSyntax definition;
    readonly IReadOnlyDictionary<string, CodeList> codeLists;
    readonly ProblemList problems;
    readonly ReadPlaces sourceRead = new();
    readonly HashSet<CodeList> used = [];
    int groups;
    bool unresolved;

    DefinitionCompiler(DefinitionSyntax definition, IReadOnlyDictionary<string, CodeList> codeLists, ProblemList problems) =>
        (this.definition, this.codeLists, this.problems) = (definition, codeLists, problems);

    /// <summary>The plan; every problem found goes to <paramref name="problems"/>.</summary>
    public static MappingPlan Compile(DefinitionSyntax definition, Shape source, Shape canonical, IReadOnlyDictionary<string, CodeList> codeLists, ProblemList problems)
    {
        var readerRefused = !problems.IsEmpty;
        var compiler = new DefinitionCompiler(definition, codeLists, problems);
        var (sourceWritten, canonicalWritten) = (new WrittenPlace(definition.FieldsPlace), new WrittenPlace(definition.FieldsPlace));
        var plan = compiler.Fields(definition.Fields, new FieldGroup(new ShapeScope(source, "", sourceWritten, null), new ShapeScope(canonical, "", canonicalWritten, null), Guard.None, Guard.None, definition.Direction));
        compiler.CheckCoverage(source, canonical, sourceWritten, canonicalWritten, readerRefused);
        return plan with { CodeLists = [.. compiler.used.OrderBy(list => list.Name, StringComparer.Ordinal)] };
    }

    MappingPlan Fields(ImmutableArray<FieldSyntax> fields, FieldGroup group)
    {
        foreach (var field in fields) Field(field, group);
        return group.ToPlan();
    }

    void Field(FieldSyntax field, FieldGroup group)
    {
        var ways = field.Ways & group.Ways;
        switch (field)
        {
            case FieldSyntax.Copy copy: Copy(copy, ways, group); break;
            case FieldSyntax.Constant constant: Constant(constant, ways, group); break;
            case FieldSyntax.Default standing: Default(standing, ways, group); break;
            case FieldSyntax.Parts parts: Parts(parts, ways, group); break;
            case FieldSyntax.Combined combined: Combined(combined, ways, group); break;
            case FieldSyntax.Compute compute: Compute(compute, ways, group); break;
            case FieldSyntax.Identity identity: Identity(identity, ways, group); break;
            case FieldSyntax.Each each: Each(each, ways, group); break;
            case FieldSyntax.Group inner: Group(inner, ways, group); break;
            case FieldSyntax.Ignore ignore:
                if (Resolve(ignore.Source, Side.Source, group) is { } ignored) sourceRead.Add(ignored.Key);
                break;
            default: throw new InvalidOperationException($"Unknown field {field}.");
        }
    }

    void CheckCoverage(Shape source, Shape canonical, WrittenPlace sourceWritten, WrittenPlace canonicalWritten, bool readerRefused)
    {
        foreach (var way in Ways(definition.Direction))
        {
            var (written, shape, side) = way == MappingDirection.In
                ? (canonicalWritten, canonical, MappingMessages.CanonicalSide(definition.Canonical))
                : (sourceWritten, source, MappingMessages.SourceSide);
            foreach (var (path, place) in written.Missing(shape, definition.FieldsPlace)) problems.Add(place, "unmapped", MappingMessages.Unmapped(path, side), value: path);
        }

        // What a wrong path or field was meant to read would be reported a second time.
        if (!definition.Direction.HasFlag(MappingDirection.In) || readerRefused || unresolved) return;
        foreach (var path in sourceRead.Missing(source)) problems.Add(definition.FieldsPlace, "unread", MappingMessages.Unread(path), value: path);
    }

    static bool Writes(Side side, MappingDirection ways) => ways.HasFlag(side == Side.Canonical ? MappingDirection.In : MappingDirection.Out);

    static Side Target(MappingDirection way) => way == MappingDirection.In ? Side.Canonical : Side.Source;

    static IEnumerable<MappingDirection> Ways(MappingDirection ways) => new[] { MappingDirection.In, MappingDirection.Out }.Where(way => ways.HasFlag(way));
}
