using System.Collections.Immutable;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What code over values makes: values are made of what is read, and nothing else of the message.</summary>
abstract class MadeTarget(int scope, Form form) : Target
{
    public override bool Write(Emitter emitter)
    {
        if (emitter.Scopes[scope] == 0) return true;
        if (Make(emitter) is not { } made) return false;
        if (made.IsNull) return true;
        if (!FormValue.Accepts(form, made)) return false;
        emitter.Raw(made.ToUtf8());
        emitter.Writes++;
        return true;
    }

    /// <summary>The value; JSON's null for nothing, none if the interpreter must decide.</summary>
    protected abstract JsonValue? Make(Emitter emitter);
}

/// <summary>The first output of a program.</summary>
/// <param name="scope">The group, whose item the program is given.</param>
/// <param name="item">The item's form.</param>
/// <param name="document">The document's form.</param>
/// <param name="program">The program.</param>
/// <param name="form">The form of what is written.</param>
sealed class ComputeTarget(int scope, Form item, Form document, JqProgram program, Form form) : MadeTarget(scope, form)
{
    readonly int scope = scope;
    readonly bool usesDocument = program.FreeVariables.Contains("document");

    protected override JsonValue? Make(Emitter emitter)
    {
        var input = TapeValue.Of(emitter.Tape, item, emitter.Scopes[scope]);
        var whole = usesDocument ? TapeValue.Of(emitter.Tape, document, emitter.Scopes[0]) : JsonValue.Null;
        var output = program.First(input, new Dictionary<string, JsonValue>(StringComparer.Ordinal) { ["document"] = whole, ["position"] = emitter.Positions[scope] is >= 0 and var at ? at : JsonValue.Null });
        if (output.Succeeded) return output.Value;
        return output.Problems.All(problem => problem.Rule == "jq-empty") ? JsonValue.Null : default(JsonValue?);
    }
}

/// <summary>One part of what several values make together.</summary>
/// <param name="scope">The group.</param>
/// <param name="from">Where the values stand, and their forms.</param>
/// <param name="convert">What makes the parts of them.</param>
/// <param name="part">Which part this is.</param>
/// <param name="form">The form of what is written.</param>
sealed class CombineTarget(int scope, (Lookup From, Form Form)[] from, Func<ImmutableArray<JsonValue>, Combined> convert, int part, Form form) : MadeTarget(scope, form)
{
    protected override JsonValue? Make(Emitter emitter)
    {
        var values = ImmutableArray.CreateBuilder<JsonValue>(from.Length);
        foreach (var (lookup, of) in from)
        {
            var token = lookup.Find(emitter);
            if (token < 0) return null;
            values.Add(TapeValue.Of(emitter.Tape, of, token));
        }

        if (values.All(value => value.IsNull)) return JsonValue.Null;
        var converted = convert(values.ToImmutable());
        return converted.Rule is null ? converted.Values[part] : default(JsonValue?);
    }
}
