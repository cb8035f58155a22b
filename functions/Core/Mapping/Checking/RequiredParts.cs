using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Adds to documents, and takes from them, what the schema requires to be there together.</summary>
sealed class RequiredParts(Trial trial, Side side)
{
    /// <summary>The document with what its members require beside them.</summary>
    public JsonValue Beside(JsonValue document)
    {
        if (!trial.SchemaOf(side).HasDependents) return document;
        foreach (var missing in trial.Validate(side, document).Where(problem => problem.Rule == "dependent-required"))
        {
            if (JsonPointer.Segments(missing.Path) is [.., var name] path && JsonPointer.Find(document, Around(missing.Path)) is { } parent && trial.SchemaOf(side).Shape.At(path) is { } shape)
                document = JsonPointer.Replace(document, Around(missing.Path), parent.With(name, ShapeSamples.Least(shape)));
        }

        return document;
    }

    /// <summary>The document with nothing at a place. What requires it goes with it, but not the item that it belongs to.</summary>
    public JsonValue Absent(JsonValue document, string pointer)
    {
        var segments = pointer.Split('/');
        var item = Array.FindLastIndex(segments, segments.Length - 2, segment => segment.Length > 0 && segment.All(char.IsAsciiDigit));
        return Without(document, pointer, string.Join('/', segments[..(item + 1)]));
    }

    /// <summary>The document without a place. What requires it goes with it: the object or item around it, or members beside it. The kept place stays where it is.</summary>
    public JsonValue Without(JsonValue document, string pointer, string kept)
    {
        var without = SampleEdit.Without(document, pointer);
        if (trial.IsValid(side, without)) return without;
        for (var around = Around(pointer); around.Length > 0; around = Around(around))
        {
            var moves = SampleEdit.IsItem(document, around) ? Around(around) : around;
            if (SampleBase.IsAt(moves, kept)) break;
            if (SampleEdit.Without(document, around) is var less && trial.IsValid(side, less)) return less;
        }

        return WithoutBeside(document, pointer, kept);
    }

    /// <summary>The document without a place, and without the members beside it that may not be there without it; but with the kept place, if there is one.</summary>
    public JsonValue WithoutBeside(JsonValue document, string pointer, string? kept = null)
    {
        var without = SampleEdit.Without(document, pointer);
        if (trial.IsValid(side, without) || JsonPointer.Find(without, Around(pointer)) is not { Kind: JsonKind.Object } parent) return without;
        return parent.Members.Select(member => Around(pointer) + RouteStep.Member.SegmentOf(member.Key)).Where(member => kept is null || !SampleBase.IsAt(member, kept))
            .Aggregate(without, (rest, member) => SampleEdit.Without(rest, member) is var less && Wrong(less) < Wrong(rest) ? less : rest);
    }

    int Wrong(JsonValue document) => trial.Validate(side, document).Length;

    static string Around(string pointer) => pointer.LastIndexOf('/') is > 0 and var at ? pointer[..at] : "";
}
