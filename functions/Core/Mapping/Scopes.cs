using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>Where a field reads: the item of its group, and the groups around it.</summary>
/// <param name="Item">The item; at the outermost, the document.</param>
/// <param name="Pointer">The item's JSON Pointer.</param>
/// <param name="Outer">The group around.</param>
sealed record ReadScope(JsonValue Item, string Pointer, ReadScope? Outer)
{
    public ReadScope Root => Outer?.Root ?? this;

    public ReadScope Out(int up) => up == MappingPath.Document ? Root : up == 0 || Outer is null ? this : Outer.Out(up - 1);
}

/// <summary>Where a field writes.</summary>
sealed class WriteScope
{
    readonly WriteScope? outer;
    readonly Route? route;
    Draft? item;

    public WriteScope(Draft item, WriteScope? outer = null) => (this.item, this.outer) = (item, outer);

    /// <summary>An item that is made when it is first asked for, so that a group that writes nothing leaves nothing.</summary>
    public WriteScope(Route route, WriteScope outer) => (this.route, this.outer) = (route, outer);

    public Draft Item => item ??= route!.Reach(outer!)!;

    public WriteScope Root => outer?.Root ?? this;

    public WriteScope Out(int up) => up == MappingPath.Document ? Root : up == 0 || outer is null ? this : outer.Out(up - 1);
}
