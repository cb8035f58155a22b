using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>One field of a definition. Its first word decides its kind; a field with none is a copy.</summary>
static class FieldReader
{
    public const int MaxGroups = 16;

    delegate FieldSyntax? Reader(SourceFields fields, MappingDirection ways, int groupsLeft);

    static readonly (string Word, Reader Read)[] Kinds =
    [
        ("each", Each),
        ("fields", Group),
        ("constant", (fields, ways, _) => Value(fields, "constant") is { } at ? new FieldSyntax.Constant(fields.Place, ways, at.Value, at.Side, at.Path) : null),
        ("default", (fields, ways, _) =>
        {
            Reason(fields);
            return Value(fields, "default") is { } at ? new FieldSyntax.Default(fields.Place, ways, at.Value, at.Side, at.Path) : null;
        }),
        ("split", (fields, ways, _) => Parts(fields, ways, "split", Side.Source)),
        ("join", (fields, ways, _) => Parts(fields, ways, "join", Side.Canonical)),
        ("compute", Compute),
        ("identity", Identity),
        ("ignore", Ignore),
        ("name", (fields, ways, _) => Combined(fields, ways, "name")),
        ("grid", (fields, ways, _) => Combined(fields, ways, "grid")),
    ];

    public static FieldSyntax? Read(SourceNode node, ProblemList problems, int groupsLeft)
    {
        var fields = SourceFields.Of(node, problems);
        if (node is not SourceMap) return null;
        var (_, read) = Array.Find(Kinds, kind => fields.Map[kind.Word] is not null);
        var loss = Loss(fields);
        var field = (read ?? Copy)(fields, Only(fields), groupsLeft);
        var when = field is FieldSyntax.Each or FieldSyntax.Group ? [] : ConditionReader.Read(fields);
        fields.RefuseOthers();
        if (field is null) return null;
        field = field with { Loss = loss, Reason = fields.Text("reason") };
        return when.IsEmpty ? field : new FieldSyntax.Group(field.Place, field.Ways, when, [field]);
    }

    static FieldLoss? Loss(SourceFields fields)
    {
        switch (fields.Optional("loss"))
        {
            case null:
                return null;
            case SourceMap map:
                var byRule = SourceFields.Of(map, fields.Problems);
                return new FieldLoss(null, map.Entries.ToImmutableDictionary(entry => entry.Name, entry => byRule.Sentence(entry.Name), StringComparer.Ordinal));
            default:
                return new FieldLoss(fields.Sentence("loss"), ImmutableDictionary<string, string>.Empty);
        }
    }

    static MappingDirection Only(SourceFields fields)
    {
        switch (fields.OptionalOneOf("only", "in", "out"))
        {
            case null:
                return MappingDirection.Both;
            case var only:
                Reason(fields);
                return only == "in" ? MappingDirection.In : MappingDirection.Out;
        }
    }

    static void Reason(SourceFields fields) => fields.Sentence("reason");

    static FieldSyntax? Copy(SourceFields fields, MappingDirection ways, int groupsLeft)
    {
        var source = Path(fields, "source");
        var canonical = Path(fields, "canonical");
        var converter = Converter(fields);
        var list = List(fields);
        return source is null || canonical is null ? null : new FieldSyntax.Copy(fields.Place, ways, source, canonical, converter, list);
    }

    static (SourceNode Value, Side Side, PathSyntax Path)? Value(SourceFields fields, string word)
    {
        var value = fields.Required(word);
        return Target(fields) is { } target && value is not null ? (value, target.Side, target.Path) : null;
    }

    public static (Side Side, PathSyntax Path)? Target(SourceFields fields)
    {
        var (source, canonical) = (fields.Optional("source"), fields.Optional("canonical"));
        if (source is null == canonical is null)
        {
            fields.Problems.Add(fields.Place, "required", MappingMessages.OneSide);
            return null;
        }

        var side = source is null ? Side.Canonical : Side.Source;
        return Path(source ?? canonical!, fields.Problems) is { } path ? (side, path) : null;
    }

    static FieldSyntax? Parts(SourceFields fields, MappingDirection ways, string word, Side wholeSide)
    {
        var (wholeName, piecesName) = wholeSide == Side.Source ? ("source", "canonical") : ("canonical", "source");
        var separator = fields.RequiredText(word);
        if (separator.Length == 0) fields.Problems.Add(fields.Place, "required", MappingMessages.EmptySeparator(word));
        var whole = Path(fields, wholeName);
        fields.Required(piecesName);
        var nodes = fields.List(piecesName);
        var pieces = nodes.Select(node => Path(node, fields.Problems)).OfType<PathSyntax>().ToImmutableArray();
        if (fields.Map[piecesName] is SourceList list && nodes.Length < 2) fields.Problems.Add(list.Place, "required", MappingMessages.TwoParts(word));
        var converter = wholeSide == Side.Canonical ? Converter(fields) : null;
        return whole is null || separator.Length == 0 || pieces.Length < 2 || pieces.Length < nodes.Length
            ? null
            : new FieldSyntax.Parts(fields.Place, ways, separator, wholeSide, whole, pieces, converter);
    }

    static FieldSyntax? Combined(SourceFields fields, MappingDirection ways, string kind)
    {
        fields.Optional(kind);
        var node = fields.Map[kind]!;
        var (source, canonical) = (PartsOf(fields, "source"), PartsOf(fields, "canonical"));
        return source.IsEmpty || canonical.IsEmpty ? null : new FieldSyntax.Combined(fields.Place, ways, new ConverterSyntax(kind, node), source, canonical);
    }

    // One path, or the paths by what stands there: { easting: x, northing: y }.
    static ImmutableArray<PartSyntax> PartsOf(SourceFields fields, string name)
    {
        if (fields.Required(name) is not { } node) return [];
        if (node is SourceMap map)
            return [.. map.Entries.Select(entry => (entry.Name, Path: Path(entry.Value, fields.Problems))).Where(part => part.Path is not null).Select(part => new PartSyntax(part.Name, part.Path!))];
        return Path(node, fields.Problems) is { } path ? [new PartSyntax("", path)] : [];
    }

    static FieldSyntax? Compute(SourceFields fields, MappingDirection ways, int groupsLeft)
    {
        fields.RequiredText("compute");
        Reason(fields);
        var reads = fields.List("reads").Select(node => Path(node, fields.Problems)).OfType<PathSyntax>().ToImmutableArray();
        return Target(fields) is { } target && fields.Map["compute"] is SourceScalar program
            ? new FieldSyntax.Compute(fields.Place, ways, program, target.Side, target.Path, reads)
            : null;
    }

    static FieldSyntax? Identity(SourceFields fields, MappingDirection ways, int groupsLeft)
    {
        fields.OneOf("identity", "uuid");
        var of = Path(fields, "of");
        return Target(fields) is { } target && of is not null ? new FieldSyntax.Identity(fields.Place, ways, target.Side, target.Path, of) : null;
    }

    static FieldSyntax? Ignore(SourceFields fields, MappingDirection ways, int groupsLeft)
    {
        Reason(fields);
        return Path(fields, "ignore") is { } path ? new FieldSyntax.Ignore(fields.Place, ways, path) : null;
    }

    static FieldSyntax? Each(SourceFields fields, MappingDirection ways, int groupsLeft)
    {
        var sides = fields.RequiredFields("each");
        var (source, canonical, key) = (Path(sides, "source"), Path(sides, "canonical"), Key(sides));
        sides.RefuseOthers();
        var when = ConditionReader.Read(fields);
        var inner = Fields(fields, groupsLeft);
        return source is null || canonical is null || inner is null ? null : new FieldSyntax.Each(fields.Place, ways, source, canonical, key, when, inner.Value);
    }

    static KeySyntax? Key(SourceFields sides)
    {
        if (sides.Optional("key") is not { } node) return null;
        if (node is not SourceMap) return Path(node, sides.Problems) is { } only ? new KeySyntax(only, null) : null;
        var fields = SourceFields.Of(node, sides.Problems);
        var (path, converter) = (Path(fields, "path"), Converter(fields));
        fields.RefuseOthers();
        return path is null ? null : new KeySyntax(path, converter);
    }

    static FieldSyntax? Group(SourceFields fields, MappingDirection ways, int groupsLeft)
    {
        if (fields.Map["when"] is null) fields.Required("when");
        var when = ConditionReader.Read(fields);
        return Fields(fields, groupsLeft) is { } inner ? new FieldSyntax.Group(fields.Place, ways, when, inner) : null;
    }

    static ImmutableArray<FieldSyntax>? Fields(SourceFields fields, int groupsLeft)
    {
        fields.Required("fields");
        if (groupsLeft > 0) return [.. fields.List("fields").Select(node => Read(node, fields.Problems, groupsLeft - 1)).OfType<FieldSyntax>()];
        fields.Problems.Add(fields.Place, "too-deep", MappingMessages.TooManyGroups(MaxGroups));
        return null;
    }

    static ConverterSyntax? Converter(SourceFields fields)
    {
        ConverterSyntax? found = null;
        foreach (var name in ConverterTable.All.Keys)
        {
            fields.Optional(name);
            if (fields.Map.Entries.FirstOrDefault(entry => entry.Name == name) is not { } entry) continue;
            if (found is not null) fields.Problems.Add(entry.Place, "converter", MappingMessages.TwoConverters(found.Name, name));
            found = new ConverterSyntax(name, entry.Value);
        }

        return found;
    }

    static ListSyntax? List(SourceFields fields)
    {
        switch (fields.Optional("list"))
        {
            case null:
                return null;
            case SourceScalar { Value: { Kind: JsonKind.Boolean } flag } node when flag.AsBoolean():
                return new ListSyntax(null, node.Place);
            case SourceScalar { Value.Kind: JsonKind.String, Text.Length: > 0 } node:
                return new ListSyntax(node.Text, node.Place);
            case var wrong:
                fields.Problems.Add(wrong.Place, "type", MappingMessages.ListForm, value: (wrong as SourceScalar)?.Text);
                return null;
        }
    }

    public static PathSyntax? Path(SourceFields fields, string name) => fields.Required(name) is { } node ? Path(node, fields.Problems) : null;

    public static PathSyntax? Path(SourceNode node, ProblemList problems)
    {
        if (node is not SourceScalar scalar)
        {
            problems.Add(node.Place, "type", MappingMessages.PathIsText(node.KindName));
            return null;
        }

        var path = MappingPathParser.Parse(scalar.Text, node.Place);
        if (path.Succeeded) return new PathSyntax(path.Value, node.Place);
        problems.AddRange(path.Problems);
        return null;
    }
}
