using System.Collections.Immutable;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Resolves every field of a definition against both schemas once more, for what the compiled plan no longer tells: where each path stands and what it means.</summary>
sealed class FieldFacts
{
    readonly DefinitionSyntax definition;
    readonly IReadOnlyDictionary<string, CodeList> codeLists;
    readonly ProblemList problems = new();
    readonly ImmutableArray<FieldFact>.Builder facts = ImmutableArray.CreateBuilder<FieldFact>();
    ImmutableArray<FieldTest> tests = [];
    MappingDirection ways;
    string? why;

    FieldFacts(DefinitionSyntax definition, IReadOnlyDictionary<string, CodeList> codeLists) => (this.definition, this.codeLists, ways) = (definition, codeLists, definition.Direction);

    /// <summary>The fields in their order, those of groups after their group; one whose path means nothing is left out, because loading has said so.</summary>
    public static ImmutableArray<FieldFact> Of(MappingDefinition mapping)
    {
        var finder = new FieldFacts(mapping.Syntax, mapping.CodesByName);
        var place = new WrittenPlace(mapping.Syntax.FieldsPlace);
        finder.Fields(
            mapping.Syntax.Fields,
            new Group(new ShapeScope(mapping.SourceSchema.Shape, "", place, null), [], [""]),
            new Group(new ShapeScope(mapping.CanonicalSchema.Shape, "", place, null), [], [""]));
        return finder.facts.ToImmutable();
    }

    sealed record Group(ShapeScope Scope, ImmutableArray<Resolved> Items, ImmutableArray<string> Paths);

    void Fields(ImmutableArray<FieldSyntax> fields, Group source, Group canonical)
    {
        foreach (var field in fields) Field(field, source, canonical);
    }

    void Field(FieldSyntax field, Group source, Group canonical)
    {
        var (applied, outer) = (field.Ways & ways, why);
        if (field.Ways != MappingDirection.Both && definition.Direction == MappingDirection.Both) why = field.Reason ?? why;
        Field(field, applied, source, canonical);
        why = outer;
    }

    void Field(FieldSyntax field, MappingDirection applied, Group source, Group canonical)
    {
        switch (field)
        {
            case FieldSyntax.Copy copy:
                Add(field, applied, [copy.Source], [copy.Canonical], copy.Converter, source, canonical);
                break;
            case FieldSyntax.Parts { WholeSide: Side.Source } split:
                Add(field, applied, [split.Whole], split.Pieces, null, source, canonical);
                break;
            case FieldSyntax.Parts join:
                Add(field, applied, join.Pieces, [join.Whole], join.Converter, source, canonical);
                break;
            case FieldSyntax.Combined combined:
                Add(field, applied, [.. combined.Source.Select(part => part.Path)], [.. combined.Canonical.Select(part => part.Path)], null, source, canonical);
                break;
            case FieldSyntax.Constant one:
                Add(field, applied, one.Side == Side.Source ? [one.Path] : [], one.Side == Side.Canonical ? [one.Path] : [], null, source, canonical);
                break;
            case FieldSyntax.Default one:
                Add(field, applied, one.Side == Side.Source ? [one.Path] : [], one.Side == Side.Canonical ? [one.Path] : [], null, source, canonical);
                break;
            case FieldSyntax.Compute { Side: Side.Canonical } compute:
                Add(field, applied, compute.Reads, [compute.Path], null, source, canonical);
                break;
            case FieldSyntax.Compute compute:
                Add(field, applied, [compute.Path], compute.Reads, null, source, canonical);
                break;
            case FieldSyntax.Identity made:
                Add(field, applied, made.Side == Side.Source ? [made.Path] : [], made.Side == Side.Canonical ? [made.Path] : [], null, source, canonical);
                break;
            case FieldSyntax.Ignore ignore:
                Add(field, MappingDirection.In, [ignore.Source], [], null, source, canonical);
                break;
            case FieldSyntax.Each each:
                Add(field, applied, [each.Source], [each.Canonical], null, source, canonical);
                if (Inner(each.Source, Side.Source, source, each.Key) is { } inSource && Inner(each.Canonical, Side.Canonical, canonical, each.Key) is { } inCanonical)
                    Under(applied, Tests(each.When, inSource, inCanonical), () => Fields(each.Fields, inSource, inCanonical));
                break;
            case FieldSyntax.Group group:
                Under(applied, [.. Tests(group.When, source, canonical), .. Constants(group.Fields, source, canonical)], () => Fields(group.Fields, source, canonical));
                break;
        }
    }

    void Under(MappingDirection inWays, ImmutableArray<FieldTest> more, Action inner)
    {
        var before = (ways, tests);
        (ways, tests) = (inWays, [.. tests, .. more]);
        inner();
        (ways, tests) = before;
    }

    ImmutableArray<FieldTest> Tests(ImmutableArray<ConditionSyntax> when, Group source, Group canonical) =>
        [.. when.Select(one => Test(one.Path, one.Side, one.Kind, one.Values, one.Side == Side.Source ? source : canonical)).OfType<FieldTest>()];

    // A group that has no condition on the side that is read is told by its constants there.
    IEnumerable<FieldTest> Constants(ImmutableArray<FieldSyntax> fields, Group source, Group canonical) => fields.OfType<FieldSyntax.Constant>()
        .Select(one => Test(one.Path, one.Side, ConditionKind.Is, [one.Value], one.Side == Side.Source ? source : canonical)).OfType<FieldTest>();

    FieldTest? Test(PathSyntax path, Side side, ConditionKind kind, ImmutableArray<Sources.SourceNode> values, Group group)
    {
        if (Place(path, side, group) is not { } place) return null;
        var item = place.Resolved.Shape is ArrayShape list ? place.Resolved with { Shape = list.Item, Types = list.Item.Types } : place.Resolved;
        return new FieldTest(place, kind, [.. values.Select(value => TypeCheck.Constant(value, item, problems)).OfType<Json.JsonValue>()]);
    }

    void Add(FieldSyntax field, MappingDirection ways, ImmutableArray<PathSyntax> sources, ImmutableArray<PathSyntax> canonicals, ConverterSyntax? converter, Group source, Group canonical)
    {
        var (here, there) = (Places(sources, Side.Source, source), Places(canonicals, Side.Canonical, canonical));
        if (here.Length < sources.Length || there.Length < canonicals.Length) return;
        var made = converter is not null && ConverterTable.All.TryGetValue(converter.Name, out var make)
            ? make(new ConverterSite(converter.Node, TypeCheck.ItemTypes(here[0].Resolved), TypeCheck.ItemTypes(there[0].Resolved), codeLists, LossIsAccepted: true, problems))
            : null;
        facts.Add(new FieldFact(field, ways, here, there, made, tests) { Why = why });
    }

    ImmutableArray<FieldPlace> Places(ImmutableArray<PathSyntax> paths, Side side, Group group) =>
        [.. paths.Select(path => Place(path, side, group)).OfType<FieldPlace>()];

    FieldPlace? Place(PathSyntax path, Side side, Group group) =>
        Resolver.Resolve(path, group.Scope, side == Side.Source ? MappingMessages.SourceSide : MappingMessages.CanonicalSide(definition.Canonical), problems) is { } resolved
            ? new FieldPlace(side, resolved, group.Items, StartOf(path.Path, group), FullPath(path.Path, group))
            : null;

    static string StartOf(MappingPath path, Group group) => path.Up == MappingPath.Document ? "" : group.Paths[Math.Max(0, group.Paths.Length - 1 - path.Up)];

    /// <summary>A place that no field names, by its path from the document's root; null if it means nothing.</summary>
    public static FieldPlace? PlaceOf(MappingDefinition mapping, Side side, string path)
    {
        var at = mapping.Syntax.FieldsPlace;
        var parsed = MappingPathParser.Parse(path, at);
        if (!parsed.Succeeded) return null;
        var shape = (side == Side.Source ? mapping.SourceSchema : mapping.CanonicalSchema).Shape;
        var resolved = Resolver.Resolve(new PathSyntax(parsed.Value, at), new ShapeScope(shape, "", new WrittenPlace(at), null), "", new ProblemList());
        return resolved is null ? null : new FieldPlace(side, resolved, [], "", path);
    }

    // ^ begins at the item of a group further out, $ at the document; what is left stands in the field's own group.
    static string FullPath(MappingPath path, Group group)
    {
        var start = StartOf(path, group);
        var rest = path.Text.TrimStart('$', '^', '.');
        if (path.Up > 0) rest = path.Text[(path.Text.LastIndexOf('^') + 1)..].TrimStart('.');
        return rest.Length == 0 ? start : start.Length == 0 || rest[0] == '[' ? start + rest : $"{start}.{rest}";
    }

    Group? Inner(PathSyntax path, Side side, Group group, KeySyntax? named)
    {
        if (Place(path, side, group) is not { } place) return null;
        var list = place.Resolved;
        var selected = list.Route.Steps is [.., RouteStep.Where { Pick: null }];
        var (item, key) = list.Route.Many && !selected && list.Shape is ArrayShape array ? (array.Item, list.Key + "/*")
            : named is not null && list.Shape is ObjectShape { Members.IsEmpty: true, Additional: { } other } ? (other, list.Key + "/*") : (list.Shape, list.Key);
        return new Group(new ShapeScope(item, key, group.Scope.Written, group.Scope), [.. group.Items, list], [.. group.Paths, place.Path]);
    }
}
