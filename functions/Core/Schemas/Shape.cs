using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>The types a schema allows, as a set.</summary>
[Flags]
public enum JsonTypes
{
    /// <summary>No value at all.</summary>
    None = 0,

    /// <summary>null</summary>
    Null = 1,

    /// <summary>false or true</summary>
    Boolean = 2,

    /// <summary>A number without a fraction.</summary>
    Integer = 4,

    /// <summary>A number of any kind; a schema that allows it allows integers too.</summary>
    Number = 8,

    /// <summary>A string</summary>
    String = 16,

    /// <summary>An array</summary>
    Array = 32,

    /// <summary>An object</summary>
    Object = 64,

    /// <summary>Every kind that has no parts.</summary>
    Scalars = Null | Boolean | Integer | Number | String,

    /// <summary>Every value.</summary>
    Any = Scalars | Array | Object,
}

/// <summary>What a schema says of a value, as a type: what a mapping may read and write there. References and <c>allOf</c> are followed.</summary>
/// <remarks>
/// One of <see cref="ObjectShape"/>, <see cref="ArrayShape"/>, <see cref="ScalarShape"/>, <see cref="AnyShape"/>. Parts are made when first
/// asked for, so a schema may refer to itself. What stands in <c>anyOf</c>, <c>oneOf</c>, <c>then</c> or <c>else</c> counts as possible, never as required.
/// </remarks>
public abstract class Shape
{
    private protected Shape(Place place, JsonTypes types, string? title, string? description, ShapeHints hints) =>
        (Place, Types, Title, Description, Hints) = (place, types, title, description, hints);

    /// <summary>Where the schema stands.</summary>
    public Place Place { get; }

    /// <summary>The types allowed.</summary>
    public JsonTypes Types { get; }

    /// <summary>Whether null is allowed beside the type proper.</summary>
    public bool Nullable => Types.HasFlag(JsonTypes.Null);

    /// <summary>The schema's title.</summary>
    public string? Title { get; }

    /// <summary>The schema's description.</summary>
    public string? Description { get; }

    /// <summary>How the value stands in XML, if the schema says.</summary>
    public XmlHint? Xml => Hints.Xml;

    /// <summary>How the value stands in the formats that are not JSON.</summary>
    public ShapeHints Hints { get; }

    /// <summary>The shape at a path: member names, and for an array's items an index or <c>*</c>; null if the schema knows no such place.</summary>
    public Shape? At(params IEnumerable<string> path)
    {
        Shape? here = this;
        foreach (var segment in path) here = here?.Step(segment);
        return here;
    }

    private protected abstract Shape? Step(string segment);
}

/// <summary>An object.</summary>
public sealed class ObjectShape : Shape
{
    readonly Dictionary<string, int> places;

    internal ObjectShape(Place place, JsonTypes types, string? title, string? description, ShapeHints hints, ImmutableArray<ShapeMember> members, ShapeMember? additional)
        : base(place, types, title, description, hints)
    {
        Members = members;
        AdditionalMember = additional;
        places = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        for (var at = 0; at < members.Length; at++) places.Add(members[at].Name, at);
    }

    /// <summary>The members named by the schema, in its order.</summary>
    public ImmutableArray<ShapeMember> Members { get; }

    /// <summary>Whether other members than <see cref="Members"/> are refused.</summary>
    public bool Closed => AdditionalMember is null;

    /// <summary>The shape of other members; null if the object is closed.</summary>
    public Shape? Additional => AdditionalMember?.Shape;

    ShapeMember? AdditionalMember { get; }

    /// <summary>The member of that name, or null.</summary>
    public ShapeMember? Member(string name) => places.TryGetValue(name, out var at) ? Members[at] : null;

    /// <summary>Where among the members that of the name stands; null if there is none.</summary>
    internal int? PlaceOf(string name) => places.TryGetValue(name, out var at) ? at : null;

    private protected override Shape? Step(string segment) => Member(segment)?.Shape ?? Additional;
}

/// <summary>A member of an <see cref="ObjectShape"/>.</summary>
public sealed class ShapeMember
{
    readonly Func<Shape> make;

    internal ShapeMember(string name, bool required, Func<Shape> make) => (Name, Required, this.make) = (name, required, make);

    /// <summary>The member's name.</summary>
    public string Name { get; }

    /// <summary>Whether the member must be there.</summary>
    public bool Required { get; }

    /// <summary>The shape of its value.</summary>
    public Shape Shape => field ??= make();
}

/// <summary>An array.</summary>
public sealed class ArrayShape : Shape
{
    readonly Func<Shape> item;

    internal ArrayShape(Place place, JsonTypes types, string? title, string? description, ShapeHints hints, Func<Shape> item, int? minItems, int? maxItems)
        : base(place, types, title, description, hints) =>
        (this.item, MinItems, MaxItems) = (item, minItems, maxItems);

    /// <summary>The shape of every item; any where the schema gives each position its own.</summary>
    public Shape Item => field ??= item();

    /// <summary>The fewest items.</summary>
    public int? MinItems { get; }

    /// <summary>The most items.</summary>
    public int? MaxItems { get; }

    private protected override Shape? Step(string segment) => segment == "*" || (segment.Length > 0 && segment.All(char.IsAsciiDigit)) ? Item : null;
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class ScalarShape : Shape
{
    internal ScalarShape(Place place, JsonTypes types, string? title, string? description, ShapeHints hints)
        : base(place, types, title, description, hints)
    {
    }

    /// <summary>The format of a string, such as <c>date-time</c>.</summary>
    public string? Format { get; internal init; }

    /// <summary>The fewest code points of a string.</summary>
    public int? MinLength { get; internal init; }

    /// <summary>The most code points of a string.</summary>
    public int? MaxLength { get; internal init; }

    /// <summary>The patterns a string must all match.</summary>
    public ImmutableArray<string> Patterns { get; internal init; } = [];

    /// <summary>The only values allowed (<c>enum</c> or <c>const</c>); empty if the schema lists none.</summary>
    public ImmutableArray<JsonValue> Allowed { get; internal init; } = [];

    /// <summary>The least number.</summary>
    public double? Minimum { get; internal init; }

    /// <summary>The greatest number.</summary>
    public double? Maximum { get; internal init; }

    private protected override Shape? Step(string segment) => null;
}

/// <summary>A value the schema says nothing certain of.</summary>
public sealed class AnyShape : Shape
{
    internal AnyShape(Place place, JsonTypes types, string? title, string? description, ShapeHints hints)
        : base(place, types, title, description, hints)
    {
    }

    private protected override Shape? Step(string segment) => null;
}
