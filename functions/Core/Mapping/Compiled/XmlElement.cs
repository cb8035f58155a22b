using System.Text;
using Interop.Core.Formats;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>How an element is written: its attributes, and its text or the elements in it. Made once, then left alone; elements may hold their own kind.</summary>
sealed class XmlElement
{
    XmlElement(XmlForm form) => (IsObject, TextSlot, Names, AttributeOf, ChildOf) =
        (form.IsObject, form.TextSlot, form.Form.Names, new Attribute?[form.Form.Names.Count], new Child?[form.Form.Names.Count]);

    /// <param name="Slot">The member.</param>
    /// <param name="Start">A blank, its name, the equals sign and a quotation mark.</param>
    public sealed record Attribute(int Slot, Word Start);

    /// <param name="Slot">The member.</param>
    /// <param name="IsList">Whether it is a list, whose items are written one after the other.</param>
    /// <param name="Start">The beginning of the start tag, up to the name.</param>
    /// <param name="End">The end tag.</param>
    /// <param name="Element">What is in it.</param>
    public sealed record Child(int Slot, bool IsList, Word Start, Word End, XmlElement Element);

    /// <summary>Whether it has members; else it is a text.</summary>
    public bool IsObject { get; }

    /// <summary>The member of the text beside attributes; -1 if there is none.</summary>
    public int TextSlot { get; }

    /// <summary>The names of the members in JSON.</summary>
    public MemberNames Names { get; }

    public Attribute[] Attributes { get; private set; } = [];

    public Child[] Children { get; private set; } = [];

    /// <summary>By member: the attribute it is, or null.</summary>
    public Attribute?[] AttributeOf { get; }

    /// <summary>By member: the element or elements it is, or null.</summary>
    public Child?[] ChildOf { get; }

    /// <summary>What a form's documents are, as an element without a name around the root; null if not all names are in the root's namespace, or if XML has no such name.</summary>
    public static XmlElement? Of(XmlForm document)
    {
        if (document.Hint?.Namespace is not null || document is not { Attributes: [], TextSlot: < 0, Elements: [{ List: null, Item.Hint: var hint }] }) return null;
        var made = new Dictionary<XmlForm, XmlElement>(ReferenceEqualityComparer.Instance);
        var isKnown = true;
        var prefix = hint?.Namespace is null || hint.Prefix is null ? "" : $"{hint.Prefix}:";
        var element = Make(document, hint, prefix, made, ref isKnown);
        return isKnown ? element : null;
    }

    static XmlElement Make(XmlForm form, XmlHint? space, string prefix, Dictionary<XmlForm, XmlElement> made, ref bool isKnown)
    {
        if (made.TryGetValue(form, out var known)) return known;
        var element = new XmlElement(form);
        made.Add(form, element);
        isKnown &= form.Hint?.Namespace is null || (form.Hint.Namespace == space?.Namespace && form.Hint.Prefix == space.Prefix);
        var children = new List<Child>();
        foreach (var one in form.Elements)
        {
            isKnown &= XmlNames.IsName(one.Wire);
            children.Add(new Child(one.Slot, one.List is not null, Of($"<{prefix}{one.Wire}"), Of($"</{prefix}{one.Wire}>"), Make(one.Item, space, prefix, made, ref isKnown)));
        }

        foreach (var (_, wire) in form.Attributes) isKnown &= XmlNames.IsName(wire) && wire != "xmlns";
        element.Attributes = [.. form.Attributes.Select(one => new Attribute(one.Slot, Of($" {one.Wire}=\"")))];
        element.Children = [.. children];
        foreach (var attribute in element.Attributes) element.AttributeOf[attribute.Slot] = attribute;
        foreach (var child in children) element.ChildOf[child.Slot] = child;
        return element;
    }

    static Word Of(string text) => new(Encoding.UTF8.GetBytes(text));
}
