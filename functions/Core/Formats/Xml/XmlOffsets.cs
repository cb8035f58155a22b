using System.Collections.Immutable;
using System.Text;

namespace Interop.Core.Formats;

/// <summary>Adds to problems of which the XML parser told line and column the byte where they are.</summary>
ref struct XmlOffsets(ReadOnlySpan<byte> document)
{
    readonly ReadOnlySpan<byte> document = document;
    int at;
    int line = 1;
    int column = 1;

    public static ImmutableArray<Problem> Add(ImmutableArray<Problem> problems, ReadOnlySpan<byte> document, int before)
    {
        var offsets = new XmlOffsets(document);
        var told = ImmutableArray.CreateBuilder<Problem>(problems.Length);
        foreach (var problem in problems) told.Add(problem.Place is { } place ? problem with { Offset = offsets.At(place) + before } : problem);
        return told.ToImmutable();
    }

    // Problems come mostly in the order of the document, so that each is looked for from the one before.
    int At(Place place)
    {
        if (place.Line < line || (place.Line == line && place.Column < column)) (at, line, column) = (0, 1, 1);
        while (at < document.Length && (line < place.Line || column < place.Column) && line <= place.Line)
        {
            Rune.DecodeFromUtf8(document[at..], out var rune, out var length);
            at += length;
            var ends = rune.Value == '\n' || (rune.Value == '\r' && (at == document.Length || document[at] != '\n'));
            (line, column) = ends ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
        }

        return at;
    }
}
