namespace Interop.Core.Mapping.Compiled;

/// <summary>A place of the document that is written. It writes its JSON, or nothing if nothing is there. False: the interpreter must decide.</summary>
abstract class Target
{
    public abstract bool Write(Emitter emitter);
}

/// <summary>An object: its members in the order of the schema. One with no member is nothing.</summary>
/// <param name="form">Its form.</param>
/// <param name="members">The members that fields write.</param>
/// <param name="isNamed">Whether it is the item of a discriminator: without a field that writes, it is not there and nothing is missing.</param>
sealed class ObjectTarget(Form form, MemberTarget[] members, bool isNamed) : Target
{
    public override bool Write(Emitter emitter)
    {
        var (start, writes, written) = (emitter.Length, emitter.Writes, 0UL);
        foreach (var member in members)
        {
            var before = emitter.Length;
            emitter.Word(member.Name);
            var after = emitter.Length;
            if (!member.Value.Write(emitter)) return false;
            if (emitter.Length > after) written |= member.Bit;
            else emitter.Length = before;
        }

        if (emitter.Length == start) return true;
        emitter.Replace(start, (byte)'{');
        emitter.Byte((byte)'}');
        return form.AcceptsMembers(written) || (isNamed && emitter.Writes == writes);
    }
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name with quotation marks, a comma before and a colon behind it.</param>
/// <param name="Bit">Its bit among the form's members.</param>
/// <param name="Value">What writes it.</param>
sealed record MemberTarget(Word Name, ulong Bit, Target Value);

/// <summary>A stated value, written if its group has an item.</summary>
/// <param name="scope">The group.</param>
/// <param name="json">The value.</param>
/// <param name="isCondition">Whether a discriminator states it: that alone makes no item.</param>
sealed class ConstantTarget(int scope, byte[] json, bool isCondition) : Target
{
    public override bool Write(Emitter emitter)
    {
        if (emitter.Scopes[scope] == 0) return true;
        emitter.Raw(json);
        if (!isCondition) emitter.Writes++;
        return true;
    }
}

/// <summary>Two fields whose conditions exclude each other. If both write, the interpreter must decide.</summary>
sealed class EitherTarget(Target first, Target second) : Target
{
    public override bool Write(Emitter emitter)
    {
        var before = emitter.Length;
        if (!first.Write(emitter)) return false;
        var between = emitter.Length;
        return second.Write(emitter) && (between == before || emitter.Length == between);
    }
}

/// <summary>What is written where the place would else be empty; null for none.</summary>
sealed class DefaultTarget(int scope, Target? first, byte[] json) : Target
{
    public override bool Write(Emitter emitter)
    {
        var before = emitter.Length;
        if (first?.Write(emitter) == false) return false;
        if (emitter.Length == before && emitter.Scopes[scope] != 0) emitter.Raw(json);
        return true;
    }
}

/// <summary>A value that is no list, read, converted and written.</summary>
sealed class ScalarTarget(int scope, Lookup from, ValueWriter writer) : Target
{
    public override bool Write(Emitter emitter)
    {
        if (emitter.Scopes[scope] == 0) return true;
        var token = from.Find(emitter);
        if (token <= 0) return token == 0;
        var before = emitter.Length;
        ref readonly var value = ref emitter.Tape.Tokens[token];
        if (!writer.Write(emitter, value.Kind, emitter.Tape.Text(value), value.IsPlain)) return false;
        if (emitter.Length > before) emitter.Writes++;
        return true;
    }
}

/// <summary>A value or a list, read, converted and written.</summary>
/// <param name="scope">The group.</param>
/// <param name="from">Where it is read.</param>
/// <param name="list">How a value and a list become each other.</param>
/// <param name="writer">The converter of one value.</param>
/// <param name="form">The place's form.</param>
/// <param name="absent">What is written when nothing is read; empty for nothing.</param>
/// <param name="separator">Between the parts of one text that stands for a list.</param>
sealed class ValueTarget(int scope, Lookup from, ListForm list, ValueWriter writer, Form form, byte[] absent, byte[] separator) : Target
{
    public override bool Write(Emitter emitter)
    {
        if (emitter.Scopes[scope] == 0) return true;
        var token = from.Find(emitter);
        if (token < 0) return false;
        var before = emitter.Length;
        if (token == 0)
        {
            emitter.Raw(absent);
            if (absent.Length > 0) emitter.Writes++;
            return true;
        }

        ref readonly var value = ref emitter.Tape.Tokens[token];
        var isList = value.Kind == TokenKind.Array;
        var written = list switch
        {
            ListForm.Same => isList ? Items(emitter, value) : One(emitter, value),
            ListForm.Wrap => Wrapped(emitter, value),
            ListForm.Unwrap when isList => value.Length == 0 || (value.Length == 1 && One(emitter, emitter.Tape.Tokens[value.Start])),
            ListForm.Unwrap => One(emitter, value),
            ListForm.Cut => value.Kind == TokenKind.String && Cut(emitter, value),
            ListForm.Paste => isList ? Paste(emitter, value) : One(emitter, value),
            _ => false,
        };
        if (emitter.Length > before) emitter.Writes++;
        return written;
    }

    bool One(Emitter emitter, in Token value)
    {
        if (value.Kind is TokenKind.Array or TokenKind.Object) return false;
        return value.Kind == TokenKind.Null || writer.Write(emitter, value.Kind, emitter.Tape.Text(value), value.IsPlain);
    }

    bool Wrapped(Emitter emitter, in Token value)
    {
        var before = emitter.Length;
        emitter.Byte((byte)'[');
        if (form.LeastItems > 1 || form.MostItems < 1 || !One(emitter, value)) return false;
        if (emitter.Length == before + 1) emitter.Length = before;
        else emitter.Byte((byte)']');
        return true;
    }

    bool Items(Emitter emitter, in Token array)
    {
        var items = new ItemList(emitter, form);
        for (var item = array.Start; item != 0; item = emitter.Tape.Tokens[item].Next)
        {
            items.Begin();
            if (!One(emitter, emitter.Tape.Tokens[item])) return false;
            if (!items.End()) return false;
        }

        return items.Close(evenIfEmpty: true);
    }

    bool Cut(Emitter emitter, in Token text)
    {
        var items = new ItemList(emitter, form);
        var rest = emitter.Tape.Text(text);
        while (true)
        {
            var end = rest.IndexOf(separator);
            items.Begin();
            if (!writer.Write(emitter, TokenKind.String, end < 0 ? rest : rest[..end], text.IsPlain) || !items.End()) return false;
            if (end < 0) return items.Close(evenIfEmpty: true);
            rest = rest[(end + separator.Length)..];
        }
    }

    // The converter is known to leave texts as they are, so they may be put together before it.
    bool Paste(Emitter emitter, in Token array)
    {
        var tape = emitter.Tape;
        var (start, length, isPlain) = (tape.Append([]), 0, true);
        for (var item = array.Start; item != 0; item = tape.Tokens[item].Next)
        {
            ref readonly var part = ref tape.Tokens[item];
            if (part.Kind != TokenKind.String || tape.Text(part).IndexOf(separator) >= 0) return false;
            if (item != array.Start) length += Put(tape, separator);
            length += Put(tape, tape.Text(part));
            isPlain &= part.IsPlain;
        }

        return array.Length == 0 || writer.Write(emitter, TokenKind.String, tape.Bytes.AsSpan(start, length), isPlain && Scan.PlainLength(separator) == separator.Length);
    }

    static int Put(Tape tape, ReadOnlySpan<byte> bytes)
    {
        tape.Append(bytes);
        return bytes.Length;
    }
}
