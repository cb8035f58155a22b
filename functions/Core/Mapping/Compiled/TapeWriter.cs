using Interop.Core.Formats;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Writes a document of one format from the JSON of its value. False: the format's own writer must do it, or say why it cannot be done.</summary>
abstract class TapeWriter(Form form)
{
    /// <summary>Replaces the JSON that was written by the document. The tape is used for it: what was read is known no more.</summary>
    public bool TryWrite(Emitter emitter)
    {
        var length = emitter.Length;
        emitter.Tape.Begin(emitter.Written);
        emitter.Begin(0);
        var json = emitter.Tape.Bytes.AsSpan(0, length);
        if (TryWrite(emitter, json)) return true;
        var root = JsonTokeniser.ReadValid(json, form, FormatLimits.Message.MaxDepth, emitter.Tape);
        emitter.Begin(root);
        return root != 0 && TryWrite(emitter, root);
    }

    /// <summary>Writes the document from the JSON itself, where that can be done in one pass.</summary>
    protected abstract bool TryWrite(Emitter emitter, ReadOnlySpan<byte> json);

    /// <summary>Writes the document from its value on the tape.</summary>
    protected abstract bool TryWrite(Emitter emitter, int root);
}
