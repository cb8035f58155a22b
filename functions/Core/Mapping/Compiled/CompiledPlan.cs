using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Interop.Core.Formats;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// One direction of a mapping over bytes: a document is read once, checked against its schema on the way, and what it becomes is written in the order of the target's schema and checked
/// against that. Immutable, safe to share between threads. It answers only if all is well; then the answer is, byte for byte, that of the interpreter. In every other case it says that
/// the interpreter must do it, which then also tells what is wrong.
/// </summary>
sealed class CompiledPlan(Form source, Form form, List<Step> steps, Target? target)
{
    // One a thread, so that nothing is made for a message. A translation never calls another.
    [ThreadStatic]
    static Emitter? kept;

    /// <summary>The reader of JSON; those of other formats are made from the same form.</summary>
    public TapeReader Json { get; } = new JsonTapeReader(source);

    public Form Source => source;

    /// <summary>The form of what is written.</summary>
    public Form Form => form;

    /// <summary>Translates a document.</summary>
    /// <param name="reader">The reader of its format.</param>
    /// <param name="document">The bytes.</param>
    /// <param name="limits">What it may be at the most.</param>
    /// <param name="output">Where the result goes; nothing does if the interpreter must decide.</param>
    /// <param name="writer">The writer of another format than JSON.</param>
    public bool TryTranslate(TapeReader reader, ReadOnlySpan<byte> document, FormatLimits limits, IBufferWriter<byte> output, TapeWriter? writer = null)
    {
        if (Run(reader, document, limits) is not { } emitter) return false;
        var isWritten = writer is null || writer.TryWrite(emitter);
        if (isWritten) output.Write(emitter.Written);
        Keep(emitter);
        return isWritten;
    }

    /// <summary>Translates a document to a value, and tells texts of the document besides.</summary>
    /// <param name="reader">The reader of its format.</param>
    /// <param name="document">The bytes.</param>
    /// <param name="limits">What it may be at the most.</param>
    /// <param name="asked">Pointers of members in the decoded document.</param>
    public (JsonValue Value, ImmutableArray<string?> Asked)? TryTranslate(TapeReader reader, ReadOnlySpan<byte> document, FormatLimits limits, ImmutableArray<string> asked)
    {
        if (Run(reader, document, limits) is not { } emitter) return null;
        var texts = ImmutableArray.CreateBuilder<string?>(asked.Length);
        foreach (var pointer in asked)
        {
            if (!TryText(emitter, pointer, out var text)) break;
            texts.Add(text);
        }

        (JsonValue, ImmutableArray<string?>)? result = texts.Count == asked.Length ? (JsonValue.Parse(emitter.Written, JsonLimits.Stored).Value, texts.ToImmutable()) : null;
        Keep(emitter);
        return result;
    }

    Emitter? Run(TapeReader reader, ReadOnlySpan<byte> document, FormatLimits limits)
    {
        if (document.Length > limits.MaxBytes) return null;
        var emitter = kept ?? new Emitter();
        kept = null;
        var root = reader.Read(document, limits.MaxDepth, emitter.Tape);
        if (root != 0 && TryWrite(emitter, root)) return emitter;
        Keep(emitter);
        return null;
    }

    static void Keep(Emitter emitter)
    {
        if (emitter.MayBeKept) kept = emitter;
    }

    bool TryWrite(Emitter emitter, int root)
    {
        emitter.Begin(root);
        foreach (var step in steps)
        {
            if (!step.Do(emitter)) return false;
        }

        return target?.Write(emitter) == true && emitter.Length > 0;
    }

    // Members that the form does not name are not on the tape.
    bool TryText(Emitter emitter, string pointer, out string? text)
    {
        text = null;
        var (form, token) = (source, emitter.Scopes[0]);
        foreach (var name in pointer.Split('/').Skip(1))
        {
            var at = form.Names.IndexOf(name);
            if (at < 0) return false;
            ref readonly var here = ref emitter.Tape.Tokens[token];
            (form, token) = (form.Members[at], here.Kind == TokenKind.Object ? emitter.Tape.Slots[here.Start + at] : 0);
        }

        ref readonly var found = ref emitter.Tape.Tokens[token];
        if (token != 0 && found.Kind is TokenKind.String or TokenKind.Number) text = Encoding.UTF8.GetString(emitter.Tape.Text(found));
        return true;
    }
}
