namespace Interop.Core.Mapping;

// Places: which are read and which are written, each by one field alone.
sealed partial class DefinitionCompiler
{
    (Resolved Source, Resolved Canonical)? Both(PathSyntax sourcePath, PathSyntax canonicalPath, MappingDirection ways, Place place, FieldGroup group)
    {
        var (source, canonical) = (Resolve(sourcePath, Side.Source, group), Resolve(canonicalPath, Side.Canonical, group));
        if (source is not null) Use(source, Side.Source, ways, sourcePath.Place, group);
        if (canonical is not null) Use(canonical, Side.Canonical, ways, canonicalPath.Place, group);
        return source is null || canonical is null ? null : (source, canonical);
    }

    Resolved? Resolve(PathSyntax path, Side side, FieldGroup group)
    {
        var resolved = Resolver.Resolve(path, group[side], side == Side.Source ? MappingMessages.SourceSide : MappingMessages.CanonicalSide(definition.Canonical), problems);
        if (resolved is not null) resolved = resolved with { Side = side };
        unresolved |= resolved is null;
        return resolved;
    }

    // Notes that a field reads or writes the place, as the direction has it.
    void Use(Resolved used, Side side, MappingDirection ways, Place place, FieldGroup group)
    {
        foreach (var condition in used.Conditions) ReadIfSource(condition, side);
        ReadIfSource(used.Key, side);
        if (!Writes(side, ways)) return;
        RefuseReference(used, place);
        if (Written(used, place, group)?.Write(place, group.Guard(side)) is { } other)
            problems.Add(place, "written-twice", MappingMessages.WrittenTwice(used.Route.Text, other.Line), value: used.Route.Text);
    }

    WrittenPlace? Written(Resolved target, Place place, FieldGroup group)
    {
        var side = target.Side;
        var written = group[side].Out(target.Route.Up)!.Written;
        foreach (var key in target.WriteKeys)
        {
            if (written.Whole(group.Guard(side)) is { } whole)
            {
                problems.Add(place, "written-twice", MappingMessages.WrittenTwice(target.Route.Text, whole.Line), value: target.Route.Text);
                return null;
            }

            var isNew = !written.Has(key.Name);
            written = written.Below(key.Name, place);
            if (isNew) NoteConditions(written, key, place);
        }

        return written;
    }

    static void NoteConditions(WrittenPlace item, WriteKey key, Place place)
    {
        foreach (var condition in key.Members)
        {
            var member = item;
            foreach (var name in condition.Path) member = member.Below(name, place);

            // A list may get further values by [=x]; a single value is settled.
            if (condition.InList) member.Below("[=]", place).Write(place, Guard.None);
            else member.Write(place, Guard.None);
        }
    }

    void RefuseReference(Resolved target, Place place)
    {
        if (target.HasReference) problems.Add(place, "path", MappingMessages.ReferenceIsRead(target.Route.Text), value: target.Route.Text);
    }

    void ReadIfSource(string key, Side side)
    {
        if (side == Side.Source) sourceRead.Add(key);
    }
}
