using Interop.Core.Formats;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>How a place stands in XML, beside its <see cref="Form"/>: which elements and attributes are which members. Made once, then left alone; forms may refer to themselves.</summary>
sealed class XmlForm
{
    XmlForm(Form form, bool isObject) => (Form, IsObject) = (form, isObject);

    /// <summary>One element of an object.</summary>
    /// <param name="Slot">The member.</param>
    /// <param name="Wire">Its name in XML.</param>
    /// <param name="Item">The form of one element.</param>
    /// <param name="List">The form of the list, if the element may be repeated.</param>
    public sealed record Element(int Slot, string Wire, XmlForm Item, Form? List);

    public Form Form { get; }

    /// <summary>Whether it has members; else it is a text.</summary>
    public bool IsObject { get; }

    /// <summary>The namespace of the element and of all below that name no other; null if it says nothing.</summary>
    public byte[]? Namespace { get; private init; }

    /// <summary>What the schema says of the element; null if nothing.</summary>
    public XmlHint? Hint { get; private init; }

    /// <summary>The names of <see cref="Elements"/>; as start tags without attributes, from behind the bracket; and as end tags likewise.</summary>
    public TextTable ElementNames { get; private set; } = new([]);

    public MemberNames StartTags { get; private set; } = MemberNames.None;

    public MemberNames EndTags { get; private set; } = MemberNames.None;

    public Element[] Elements { get; private set; } = [];

    public (int Slot, string Wire)[] Attributes { get; private set; } = [];

    public TextTable AttributeNames { get; private set; } = new([]);

    /// <summary>The members that are lists.</summary>
    public (int Slot, Form List)[] Lists { get; private set; } = [];

    /// <summary>The member of the text beside attributes; -1 if there is none.</summary>
    public int TextSlot { get; private set; } = -1;

    /// <summary>The form of a document; null if its schema says something of XML that is not compiled (wrapped lists, attributes in a namespace).</summary>
    public static XmlForm? Of(Form form, Shape shape)
    {
        var made = new Dictionary<Form, XmlForm>(ReferenceEqualityComparer.Instance);
        var isKnown = true;
        var root = Make(form, shape, made, ref isKnown);
        return isKnown && root.IsObject ? root : null;
    }

    static XmlForm Make(Form form, Shape shape, Dictionary<Form, XmlForm> made, ref bool isKnown)
    {
        if (made.TryGetValue(form, out var known)) return known;
        var xml = new XmlForm(form, shape is ObjectShape) { Namespace = shape.Xml?.Namespace is { } uri ? System.Text.Encoding.UTF8.GetBytes(uri) : null, Hint = shape.Xml };
        made.Add(form, xml);
        isKnown &= shape is not ArrayShape;
        if (shape is ObjectShape parts) xml.Fill(parts, made, ref isKnown);
        return xml;
    }

    void Fill(ObjectShape shape, Dictionary<Form, XmlForm> made, ref bool isKnown)
    {
        var names = XmlNames.Of(shape);
        var elements = new List<(string Wire, Element Element)>();
        var attributes = new List<(string Wire, int Slot)>();
        for (var slot = 0; slot < Form.Names.Count; slot++)
        {
            if (Form.Names[slot] == XmlNames.Text) TextSlot = slot;
            else if (names.Named(Form.Names[slot]) is not { } member) isKnown = false;
            else if (member.IsAttribute)
            {
                isKnown &= member.Shape.Xml?.Namespace is null;
                attributes.Add((member.Wire, slot));
            }
            else
            {
                var (list, item) = (member.IsList ? Form.Members[slot] : null, member.IsList ? Form.Members[slot].Item : Form.Members[slot]);
                isKnown &= item is not null && !XmlNames.IsWrapped(member.Shape);
                if (item is not null) elements.Add((member.Wire, new Element(slot, member.Wire, Make(item, member.Shape, made, ref isKnown), list)));
            }
        }

        isKnown &= elements.DistinctBy(one => one.Wire).Count() == elements.Count && attributes.DistinctBy(one => one.Wire).Count() == attributes.Count;
        string[] wires = [.. elements.Select(one => one.Wire)];
        (ElementNames, Elements) = (new TextTable(wires), [.. elements.Select(one => one.Element)]);
        (StartTags, EndTags) = (new MemberNames(wires, behind: ">"), new MemberNames(wires, before: "/", behind: ">"));
        Lists = [.. Elements.Where(one => one.List is not null).Select(one => (one.Slot, one.List!))];
        Attributes = [.. attributes.Select(one => (one.Slot, one.Wire))];
        AttributeNames = new TextTable(attributes.Select(one => one.Wire));
    }
}
