namespace Interop.Core.Mapping.Compiled;

/// <summary>Reads a document of one format onto a tape and checks it against a form. False: what it is, right or wrong, the format's own reader must say.</summary>
abstract class TapeReader
{
    /// <returns>The token of the document's value; 0 if it is refused.</returns>
    public abstract int Read(ReadOnlySpan<byte> document, int maxDepth, Tape tape);
}

sealed class JsonTapeReader(Form form) : TapeReader
{
    public override int Read(ReadOnlySpan<byte> document, int maxDepth, Tape tape) => JsonTokeniser.Read(document, form, maxDepth, tape);
}

sealed class XmlTapeReader(XmlForm form) : TapeReader
{
    public override int Read(ReadOnlySpan<byte> document, int maxDepth, Tape tape) => XmlTokeniser.Read(document, form, maxDepth, tape);
}
