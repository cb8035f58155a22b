using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>One side of a group while a definition is checked: what its item is, which places are read and written.</summary>
/// <param name="Item">The shape of the group's item; of the document at the outermost.</param>
/// <param name="Key">The item's place for <see cref="ReadPlaces"/>.</param>
/// <param name="Written">The item's place among what is written.</param>
/// <param name="Outer">The group around.</param>
sealed record ShapeScope(Shape Item, string Key, WrittenPlace Written, ShapeScope? Outer)
{
    public ShapeScope Root => Outer?.Root ?? this;

    public ShapeScope? Out(int up) => up == MappingPath.Document ? Root : up == 0 ? this : Outer?.Out(up - 1);
}
