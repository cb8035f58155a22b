using System.Buffers;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// One direction of a mapping over bytes: a document is read once, checked against its schema on the way, and what it becomes is written in the order of the target's schema and checked
/// against that. Immutable, safe to share between threads. It answers only if all is well; then the answer is, byte for byte, that of the interpreter. In every other case it says that
/// the interpreter must do it, which then also tells what is wrong.
/// </summary>
sealed class CompiledPlan(Form source, List<Step> steps, Target? target)
{
    // One a thread, so that nothing is made for a message. A translation never calls another.
    [ThreadStatic]
    static Emitter? kept;

    /// <summary>Translates a JSON document.</summary>
    /// <param name="document">At most as many bytes as the caller allows.</param>
    /// <param name="maxDepth">Nested arrays and objects.</param>
    /// <param name="output">Where the result goes; nothing does if the interpreter must decide.</param>
    public bool TryTranslateJson(ReadOnlySpan<byte> document, int maxDepth, IBufferWriter<byte> output)
    {
        var emitter = kept ?? new Emitter();
        kept = null;
        var root = JsonTokeniser.Read(document, source, maxDepth, emitter.Tape);
        var isTranslated = root != 0 && TryWrite(emitter, root);
        if (isTranslated) output.Write(emitter.Written);
        if (emitter.MayBeKept) kept = emitter;
        return isTranslated;
    }

    bool TryWrite(Emitter emitter, int root)
    {
        emitter.Begin(root);
        foreach (var step in steps)
        {
            if (!step.Do(emitter)) return false;
        }

        if (target?.Write(emitter) == false) return false;
        return emitter.Length > 0;
    }
}
