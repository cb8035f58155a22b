using System.Collections.Immutable;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>The places of a document that a definition reads or says it ignores; a place is a JSON Pointer with <c>*</c> for every item of a list.</summary>
sealed class ReadPlaces
{
    const int MaxDepth = 24;

    readonly HashSet<string> places = new(StringComparer.Ordinal);

    public void Add(string place) => places.Add(place);

    /// <summary>The topmost places of the schema below which nothing is read. A value that can only be one tells nothing and is left out.</summary>
    public ImmutableArray<string> Missing(Shape root)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        Visit(root, "", "", missing, MaxDepth);
        return missing.ToImmutable();
    }

    // The path is the place as an author may write it in an "ignore", where [0] stands for every item.
    void Visit(Shape shape, string place, string path, ImmutableArray<string>.Builder missing, int depthLeft)
    {
        if (places.Contains(place) || depthLeft == 0) return;
        var below = places.Any(read => read.Length > place.Length && Json.JsonPointer.Covers(place, read));
        switch (shape)
        {
            case ObjectShape { Members.IsEmpty: false } known when below || place.Length == 0:
                foreach (var member in known.Members) Visit(member.Shape, place + RouteStep.Member.SegmentOf(member.Name), MappingPathParser.Join(path, member.Name), missing, depthLeft - 1);
                break;
            case ObjectShape { Additional: { } others } when below:
                Visit(others, place + "/*", MappingPathParser.Join(path, "*"), missing, depthLeft - 1);
                break;
            case ArrayShape list when below:
                Visit(list.Item, place + "/*", path + "[0]", missing, depthLeft - 1);
                break;
            case ScalarShape { Allowed.Length: 1 }:
                break;
            default:
                if (!below) missing.Add(path);
                break;
        }
    }
}
