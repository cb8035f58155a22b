using System.Runtime.CompilerServices;
using System.Xml;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>How one member of an object stands in XML.</summary>
/// <param name="Name">The member's name in JSON.</param>
/// <param name="Wire">The name of the element or attribute.</param>
/// <param name="Shape">The shape of one element or attribute: of a list that is not wrapped, the item's.</param>
/// <param name="IsList">Whether the element may be repeated.</param>
/// <param name="IsAttribute">Whether it is an attribute.</param>
sealed record XmlMember(string Name, string Wire, Shape Shape, bool IsList, bool IsAttribute);

/// <summary>The convention between JSON members and XML: <c>@name</c> is an attribute, <c>#text</c> the text beside attributes; OpenAPI's <c>xml</c> keyword renames.</summary>
sealed class XmlNames
{
    public const string Text = "#text";
    public const char AttributeMark = '@';

    static readonly XmlNames None = new([]);
    static readonly ConditionalWeakTable<ObjectShape, XmlNames> Known = [];

    readonly Dictionary<string, XmlMember> elements = new(StringComparer.Ordinal);
    readonly Dictionary<string, XmlMember> attributes = new(StringComparer.Ordinal);
    readonly Dictionary<string, XmlMember> byName = new(StringComparer.Ordinal);

    XmlNames(IEnumerable<XmlMember> members)
    {
        foreach (var member in members)
        {
            (member.IsAttribute ? attributes : elements).TryAdd(member.Wire, member);
            byName.TryAdd(member.Name, member);
        }
    }

    /// <summary>Whether the object has text of its own.</summary>
    public bool HasText { get; private init; }

    public static XmlNames Of(Shape? shape) => shape is ObjectShape known ? Known.GetValue(known, Make) : None;

    public static bool IsWrapped(Shape? shape) => shape is ArrayShape { Xml.Wrapped: true };

    /// <summary>The name of the elements within a wrapped list, where the list has this name.</summary>
    public static string ItemName(ArrayShape list, string name) => list.Item.Xml?.Name ?? name;

    public XmlMember? Element(string wire) => elements.GetValueOrDefault(wire);

    public XmlMember? Attribute(string wire) => attributes.GetValueOrDefault(wire);

    public XmlMember? Named(string name) => byName.GetValueOrDefault(name);

    public static bool IsName(string name) => name.Length > 0 && XmlConvert.IsStartNCNameChar(name[0]) && name.All(XmlConvert.IsNCNameChar);

    static XmlNames Make(ObjectShape known) =>
        new(known.Members.Where(member => member.Name != Text).Select(Member)) { HasText = known.Member(Text) is not null };

    static XmlMember Member(ShapeMember member)
    {
        var (name, shape) = (member.Name, member.Shape);
        if (name[..Math.Min(1, name.Length)] == "@") return new XmlMember(name, shape.Xml?.Name ?? name[1..], shape, IsList: false, IsAttribute: true);
        if (shape.Xml is { Attribute: true }) return new XmlMember(name, shape.Xml.Name ?? name, shape, IsList: false, IsAttribute: true);
        return shape is ArrayShape list && !IsWrapped(list)
            ? new XmlMember(name, ItemName(list, name), list.Item, IsList: true, IsAttribute: false)
            : new XmlMember(name, shape.Xml?.Name ?? name, shape, IsList: false, IsAttribute: false);
    }
}
