using System.Collections.Immutable;
using Interop.Core.Jq;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

// Fields: each kind to its instructions.
sealed partial class DefinitionCompiler
{
    void Copy(FieldSyntax.Copy field, MappingDirection ways, FieldGroup group)
    {
        if (Both(field.Source, field.Canonical, ways, field.Place, group) is not var (source, canonical)) return;
        if (TypeCheck.Lists(source, canonical, field.List, field.Source.Place, problems) is not var (listIn, listOut)) return;
        if (ConverterOf(field.Converter, source, canonical, field.Source.Place, field.Loss is not null) is not { } converter) return;
        var separator = field.List?.Separator ?? "";
        if (ways.HasFlag(MappingDirection.In)) group.Instructions(MappingDirection.In).Add(new Instruction.Copy(source.Route, new Conversion(converter.In, listIn, separator) { Absent = converter.Absent, Recipe = converter.Recipe }, canonical.Route));
        if (ways.HasFlag(MappingDirection.Out)) group.Instructions(MappingDirection.Out).Add(new Instruction.Copy(canonical.Route, new Conversion(converter.Out, listOut, separator) { Recipe = converter.Recipe }, source.Route));
    }

    void Parts(FieldSyntax.Parts field, MappingDirection ways, FieldGroup group)
    {
        var whole = Resolve(field.Whole, field.WholeSide, group);
        var pieceSide = field.WholeSide == Side.Source ? Side.Canonical : Side.Source;
        var pieces = field.Pieces.Select(piece => Resolve(piece, pieceSide, group)).ToImmutableArray();
        if (whole is null || pieces.Any(piece => piece is null)) return;
        var lists = Enumerable.Range(0, pieces.Length).Where(at => pieces[at]!.Shape is ArrayShape).ToList();
        foreach (var at in lists.Skip(1)) problems.Add(field.Pieces[at].Place, "type-clash", MappingMessages.TwoRests, value: field.Pieces[at].Path.Text);

        // In which direction the text is cut, and in which it is put together.
        var (cut, paste) = field.WholeSide == Side.Source ? (MappingDirection.In, MappingDirection.Out) : (MappingDirection.Out, MappingDirection.In);
        Use(whole, field.WholeSide, ways, field.Whole.Place, group);
        for (var at = 0; at < pieces.Length; at++) Use(pieces[at]!, pieceSide, ways, field.Pieces[at].Place, group);
        var (source, canonical) = field.WholeSide == Side.Source ? (whole, pieces[0]!) : (pieces[0]!, whole);
        var text = source with { Types = JsonTypes.String };
        if (field.Converter is null && (whole.Types & JsonTypes.String) == JsonTypes.None)
            problems.Add(field.Whole.Place, "type-clash", MappingMessages.WholeIsText(whole.Route.Text, whole.Types), value: whole.Route.Text);
        var converter = field.Converter is null ? Converter.Exact : Made(field.Converter, text.Types, canonical.Types, field.Loss is not null);
        if (converter is null) return;
        var before = new Conversion(field.WholeSide == Side.Source ? converter.In : converter.Out, ListForm.Same, "") { Recipe = converter.Recipe };
        var after = before with { Convert = converter.In };
        ImmutableArray<Route> routes = [.. pieces.Select(piece => piece!.Route)];
        if (ways.HasFlag(cut)) group.Instructions(cut).Add(new Instruction.Split(whole.Route, field.Separator, before, routes, lists.Count == 0 ? -1 : lists[0]));
        if (ways.HasFlag(paste)) group.Instructions(paste).Add(new Instruction.Join(routes, field.Separator, after, whole.Route));
    }

    void Combined(FieldSyntax.Combined field, MappingDirection ways, FieldGroup group)
    {
        var (source, canonical) = (Parts(field.Source, Side.Source, ways, group), Parts(field.Canonical, Side.Canonical, ways, group));
        if (source.Length < field.Source.Length || canonical.Length < field.Canonical.Length) return;
        var site = new CombinationSite(field.Kind.Node, [.. source.Select(one => one.Part)], [.. canonical.Select(one => one.Part)], field.Loss is not null, problems);
        if (CombinationTable.All[field.Kind.Name](site) is not { } combination) return;
        ImmutableArray<Route> sourceRoutes = [.. source.Select(one => one.Route)];
        ImmutableArray<Route> canonicalRoutes = [.. canonical.Select(one => one.Route)];
        if (ways.HasFlag(MappingDirection.In)) group.Instructions(MappingDirection.In).Add(new Instruction.Combine(sourceRoutes, combination.In, canonicalRoutes));
        if (ways.HasFlag(MappingDirection.Out)) group.Instructions(MappingDirection.Out).Add(new Instruction.Combine(canonicalRoutes, combination.Out, sourceRoutes));
    }

    ImmutableArray<(Part Part, Route Route)> Parts(ImmutableArray<PartSyntax> parts, Side side, MappingDirection ways, FieldGroup group)
    {
        var found = ImmutableArray.CreateBuilder<(Part, Route)>();
        foreach (var part in parts)
        {
            if (Resolve(part.Path, side, group) is not { } resolved) continue;
            Use(resolved, side, ways, part.Path.Place, group);
            found.Add((new Part(part.Name, TypeCheck.ItemTypes(resolved), resolved.Shape is ArrayShape, part.Path.Place), resolved.Route));
            if ((TypeCheck.ItemTypes(resolved) & JsonTypes.Scalars & ~JsonTypes.Null) == JsonTypes.None)
                problems.Add(part.Path.Place, "type-clash", MappingMessages.HasParts(resolved.Route.Text), value: resolved.Route.Text);
        }

        return found.ToImmutable();
    }

    void Constant(FieldSyntax.Constant field, MappingDirection ways, FieldGroup group)
    {
        if (Resolve(field.Path, field.Side, group) is not { } target || TypeCheck.Constant(field.Value, target, problems) is not { } value) return;
        Use(target, field.Side, ways, field.Path.Place, group);
        foreach (var way in Ways(ways))
        {
            group.Instructions(way).Add(Target(way) == field.Side ? new Instruction.Constant(value, target.Route) : new Instruction.Expect(target.Route, value));
        }
    }

    void Default(FieldSyntax.Default field, MappingDirection ways, FieldGroup group)
    {
        if (Resolve(field.Path, field.Side, group) is not { } target || TypeCheck.Constant(field.Value, target, problems) is not { } value) return;
        if (!HasEffect(field, field.Side, ways, "default", out var way)) return;
        if (Written(target, field.Path.Place, group)?.WriteDefault(field.Path.Place, group.Guard(field.Side)) is { } other)
            problems.Add(field.Path.Place, "written-twice", MappingMessages.WrittenTwice(target.Route.Text, other.Line), value: target.Route.Text);
        group.Instructions(way).Add(new Instruction.Default(value, target.Route));
    }

    void Compute(FieldSyntax.Compute field, MappingDirection ways, FieldGroup group)
    {
        var readSide = field.Side == Side.Source ? Side.Canonical : Side.Source;
        foreach (var path in field.Reads)
        {
            if (Resolve(path, readSide, group) is { } read && readSide == Side.Source) sourceRead.Add(read.Key);
        }

        var program = JqProgram.Compile(field.Program.Text, ComputeVariables, field.Program.Place);
        problems.AddRange(program.Problems);
        if (Resolve(field.Path, field.Side, group) is not { } target || !HasEffect(field, field.Side, ways, "compute", out var way)) return;
        Use(target, field.Side, way, field.Path.Place, group);
        if (program.Succeeded) group.Instructions(way).Add(new Instruction.Compute(program.Value, target.Route));
    }

    void Identity(FieldSyntax.Identity field, MappingDirection ways, FieldGroup group)
    {
        var readSide = field.Side == Side.Source ? Side.Canonical : Side.Source;
        if (Resolve(field.Of, readSide, group) is not { } of || Resolve(field.Path, field.Side, group) is not { } target) return;
        if (!HasEffect(field, field.Side, ways, "made id", out var way)) return;
        ReadIfSource(of.Key, readSide);
        Use(target, field.Side, way, field.Path.Place, group);
        if ((target.Types & JsonTypes.String) == JsonTypes.None) problems.Add(field.Path.Place, "type-clash", MappingMessages.WholeIsText(target.Route.Text, target.Types), value: target.Route.Text);
        group.Instructions(way).Add(new Instruction.Identity(of.Route, target.Route));
    }

    Converter? ConverterOf(ConverterSyntax? syntax, Resolved source, Resolved canonical, Place place, bool lossIsAccepted)
    {
        if (syntax is null)
        {
            TypeCheck.Exact(source, canonical, place, problems);
            return Converter.Exact;
        }

        if (Made(syntax, TypeCheck.ItemTypes(source), TypeCheck.ItemTypes(canonical), lossIsAccepted) is not { } converter) return null;
        TypeCheck.Converted(source, canonical, converter, syntax.Name, place, problems);
        if (syntax.Name == "code" && syntax.Node is SourceScalar { Text: var name }) TypeCheck.Codes(codeLists[name], source, canonical, definition.Direction, syntax.Node.Place, problems);
        return converter;
    }

    Converter? Made(ConverterSyntax syntax, JsonTypes source, JsonTypes canonical, bool lossIsAccepted)
    {
        if (syntax is { Name: "code", Node: SourceScalar { Text: var name } } && codeLists.TryGetValue(name, out var list)) used.Add(list);
        return ConverterTable.All[syntax.Name](new ConverterSite(syntax.Node, source, canonical, codeLists, lossIsAccepted, problems));
    }

    bool HasEffect(FieldSyntax field, Side target, MappingDirection ways, string kind, out MappingDirection way)
    {
        way = target == Side.Canonical ? MappingDirection.In : MappingDirection.Out;
        if (ways.HasFlag(way)) return true;
        problems.Add(field.Place, "no-effect", MappingMessages.NoEffect(kind, target == Side.Canonical));
        return false;
    }
}
