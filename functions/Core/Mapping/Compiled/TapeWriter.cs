using Interop.Core.Formats;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Writes a document of one format from the JSON of its value. False: the format's own writer must do it, or say why it cannot be done.</summary>
abstract class TapeWriter(Form form)
{
    /// <summary>Replaces the JSON that was written by the document. The tape is used for it: what was read is known no more.</summary>
    public bool TryWrite(Emitter emitter)
    {
        var root = JsonTokeniser.ReadValid(emitter.Written, form, FormatLimits.Message.MaxDepth, emitter.Tape);
        emitter.Begin(root);
        return root != 0 && TryWrite(emitter, root);
    }

    protected abstract bool TryWrite(Emitter emitter, int root);
}
