namespace Interop.Core.Mapping.Compiled;

/// <summary>A list whose items are written one by one, in the order of the definition.</summary>
sealed class ListTarget(Form form, ItemSource[] sources) : Target
{
    public override bool Write(Emitter emitter)
    {
        var items = new ItemList(emitter, form);
        foreach (var source in sources)
        {
            if (!source.Write(emitter, ref items)) return false;
        }

        return items.Close(evenIfEmpty: false);
    }
}

/// <summary>What writes some of a list's items.</summary>
abstract class ItemSource
{
    public abstract bool Write(Emitter emitter, ref ItemList items);
}

/// <summary>The one item that a discriminator or a position names; it is there if a field writes to it. One that would follow a gap is left to the interpreter.</summary>
sealed class NamedItem(Target item, int? position) : ItemSource
{
    public override bool Write(Emitter emitter, ref ItemList items)
    {
        var (before, writes) = (emitter.Length, emitter.Writes);
        items.Begin();
        if (!item.Write(emitter)) return false;
        if (emitter.Writes > writes) return (position is null || position == items.Count) && items.End();
        emitter.Length = before;
        return true;
    }
}

/// <summary>One item for each item of a group; one that nothing is written to is an empty object.</summary>
sealed class GroupItems(Group group, Target? item, bool mayBeEmpty) : ItemSource
{
    public override bool Write(Emitter emitter, ref ItemList items)
    {
        if (!group.First(emitter, out var token, out var isList)) return false;
        while (token != 0)
        {
            emitter.Scopes[group.Scope] = token;
            if (!group.Enter(emitter)) return false;
            items.Begin();
            emitter.Writes++;
            var before = emitter.Length;
            if (item?.Write(emitter) == false) return false;
            if (emitter.Length == before)
            {
                if (!mayBeEmpty) return false;
                emitter.Raw("{}"u8);
            }

            if (!items.End() || (isList && !group.Next(emitter, ref token))) return false;
            if (!isList) break;
        }

        emitter.Scopes[group.Scope] = 0;
        return true;
    }
}

/// <summary>The items that a group of fields is repeated for.</summary>
/// <param name="Scope">Where its current item stands among <see cref="Emitter.Scopes"/>.</param>
/// <param name="Outer">The group around; without an item there, this has none.</param>
/// <param name="From">What is read: a list or one value.</param>
/// <param name="IsMany">Whether a list stands for its items.</param>
/// <param name="Filter">Which of the items count; null for all.</param>
/// <param name="Tests">What must hold of an item besides.</param>
/// <param name="Inner">What must be known or hold before an item is written.</param>
sealed record Group(int Scope, int Outer, Lookup From, bool IsMany, Filter? Filter, GroupTest[] Tests, List<Step> Inner)
{
    /// <summary>The first item; 0 if there is none. A value that is no list stands for a list of one; whether it meets a condition is left to the interpreter.</summary>
    public bool First(Emitter emitter, out int token, out bool isList)
    {
        isList = false;
        token = emitter.Scopes[Outer] == 0 ? 0 : From.Find(emitter);
        if (token < 0) return false;
        if (token == 0) return true;
        isList = IsMany && emitter.Tape.Tokens[token].Kind == TokenKind.Array;
        emitter.Positions[Scope] = isList ? 0 : -1;
        if (!isList) return Filter is null && Tests.Length == 0 && emitter.Tape.Tokens[token].Kind != TokenKind.Array;
        token = emitter.Tape.Tokens[token].Start;
        return ToMatching(emitter, ref token);
    }

    public bool Next(Emitter emitter, ref int token)
    {
        token = emitter.Tape.Tokens[token].Next;
        emitter.Positions[Scope]++;
        return ToMatching(emitter, ref token);
    }

    public bool Enter(Emitter emitter)
    {
        foreach (var step in Inner)
        {
            if (!step.Do(emitter)) return false;
        }

        return true;
    }

    bool ToMatching(Emitter emitter, ref int token)
    {
        for (; token != 0; token = emitter.Tape.Tokens[token].Next, emitter.Positions[Scope]++)
        {
            if (emitter.Tape.Tokens[token].Kind == TokenKind.Null) return false;
            if ((Filter is null ? true : Filter.Matches(token, emitter)) is not { } does) return false;
            emitter.Scopes[Scope] = token;
            if ((does ? GroupTest.Hold(Tests, emitter) : false) is not { } holds) return false;
            if (holds) return true;
        }

        return true;
    }
}

/// <summary>What is done before the fields of a group's item, or of the document, are written.</summary>
abstract class Step
{
    public abstract bool Do(Emitter emitter);
}

/// <summary>A group that writes into a place and not into a list: it has at most one item.</summary>
sealed class Bind(Group group) : Step
{
    public override bool Do(Emitter emitter)
    {
        if (!group.First(emitter, out var token, out var isList)) return false;
        var (next, position) = (token, emitter.Positions[group.Scope]);
        if (token != 0 && isList && !(group.Next(emitter, ref next) && next == 0)) return false;
        (emitter.Scopes[group.Scope], emitter.Positions[group.Scope]) = (token, position);
        return true;
    }
}

/// <summary>A value that, where it stands, must be the one stated.</summary>
sealed class Expect(int scope, Lookup from, TokenKind kind, byte[] text) : Step
{
    public override bool Do(Emitter emitter)
    {
        if (emitter.Scopes[scope] == 0) return true;
        var token = from.Find(emitter);
        if (token <= 0) return token == 0;
        ref readonly var found = ref emitter.Tape.Tokens[token];
        return found.Kind == kind && emitter.Tape.Text(found).SequenceEqual(text);
    }
}
