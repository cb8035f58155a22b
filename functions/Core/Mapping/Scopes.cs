using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>Where a field reads: the item of its group, and the groups around it.</summary>
/// <param name="item">The item; at the outermost, the document.</param>
/// <param name="outer">The group around.</param>
/// <param name="route">Where the item was found in that; null at the outermost.</param>
/// <param name="at">Its position in the list there, if it is one.</param>
/// <param name="name">Its name, if it is a member of what is there.</param>
sealed class ReadScope(JsonValue item, ReadScope? outer = null, Route? route = null, int? at = null, string? name = null)
{
    public JsonValue Item => item;

    /// <summary>The item's position in the list in which it stands; null if it stands in none.</summary>
    public int? Position => at;

    /// <summary>The item's JSON Pointer, made only for what is told.</summary>
    public string Pointer => route is null ? "" : route.PointerOfGroup(outer!) + (at is { } position ? $"/{position}" : name is null ? "" : RouteStep.Member.SegmentOf(name));

    public ReadScope Root => outer?.Root ?? this;

    public ReadScope Out(int up) => up == MappingPath.Document ? Root : up == 0 || outer is null ? this : outer.Out(up - 1);
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
