using System.Globalization;
using System.Xml;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Writes elements in the order of the schema; what it does not know follows in the value's order. After a problem the output is worthless and only further problems matter.</summary>
sealed class XmlTreeWriter(XmlWriter writer, ProblemList problems)
{
    readonly List<string> path = [];
    int depth;

    readonly record struct Space(string? Prefix, string? Uri)
    {
        public Space Below(XmlHint? hint) => hint?.Namespace is { } uri ? new Space(hint.Prefix, uri) : this;
    }

    public void Root(JsonValue value, Shape? shape) => Elements(value, shape, default(Space).Below(shape?.Xml), rootOnly: true);

    /// <summary>Writes one of many records, as an element that stands by itself.</summary>
    public void Record(JsonValue value, XmlPath path)
    {
        var around = path.Steps[^2];
        Element(path.Steps[^1].Wire, path.Name, value, path.Record, new Space(around.Prefix, around.Namespace));
    }

    void Elements(JsonValue value, Shape? shape, Space space, bool rootOnly = false)
    {
        var known = XmlNames.Of(shape);
        foreach (var (name, content) in InOrder(value, shape))
        {
            var member = known.Named(name);
            if (!rootOnly && (name == XmlNames.Text || IsAttribute(name, member))) continue;
            path.Add(name);
            if (content.Kind == JsonKind.Array && !XmlNames.IsWrapped(member?.Shape)) Repeated(member, name, content, space, rootOnly);
            else Element(member?.Wire ?? name, name, content, member?.Shape, space);
            path.RemoveAt(path.Count - 1);
        }
    }

    void Repeated(XmlMember? member, string name, JsonValue content, Space space, bool rootOnly)
    {
        if (rootOnly) Report("root", "The root element cannot be a list.");
        else Items(member?.Wire ?? name, name, content, member?.Shape, space);
    }

    void Items(string wire, string name, JsonValue content, Shape? item, Space space)
    {
        foreach (var (index, value) in content.Items.Index())
        {
            path.Add(index.ToString(CultureInfo.InvariantCulture));
            Element(wire, name, value, item, space);
            path.RemoveAt(path.Count - 1);
        }
    }

    void Element(string wire, string name, JsonValue value, Shape? shape, Space inherited)
    {
        if (depth >= FormatLimits.Message.MaxDepth)
        {
            Report("too-deep", $"The value is nested too deeply for a message. At most {FormatLimits.Message.MaxDepth} elements may stand within each other.");
            return;
        }

        var space = inherited.Below(shape?.Xml);
        if (!NameIsWritable(wire)) return;
        depth++;
        writer.WriteStartElement(space.Prefix ?? "", wire, space.Uri ?? "");
        switch (value.Kind)
        {
            case JsonKind.Object: Object(value, shape, space); break;
            case JsonKind.Array when shape is ArrayShape list && XmlNames.IsWrapped(list): Items(XmlNames.ItemName(list, name), name, value, list.Item, space); break;
            case JsonKind.Array: Report("type", "XML has no list within a list. Give the inner list an element of its own."); break;
            case JsonKind.Null: Report("type", "XML has no null. Leave the member out or give it a value."); break;
            default: Text(value); break;
        }

        writer.WriteEndElement();
        depth--;
    }

    void Object(JsonValue value, Shape? shape, Space space)
    {
        var known = XmlNames.Of(shape);
        foreach (var (name, content) in InOrder(value, shape))
        {
            var member = known.Named(name);
            if (name != XmlNames.Text && IsAttribute(name, member)) Attribute(name, member, content);
        }

        if (value.TryGet(XmlNames.Text, out var text))
        {
            if (value.Members.Any(other => other.Key != XmlNames.Text && !IsAttribute(other.Key, known.Named(other.Key))))
                Report("mixed-text", "Text cannot stand beside elements. Give it an element of its own.");
            else Text(text);
        }

        Elements(value, shape, space);
    }

    void Attribute(string name, XmlMember? member, JsonValue content)
    {
        path.Add(name);
        var wire = member?.Wire ?? name[1..];
        if (content.Kind is JsonKind.Object or JsonKind.Array or JsonKind.Null) Report("type", "An attribute holds a text. Give it one or leave it out.");
        else if (NameIsWritable(wire) && wire == "xmlns") Report("name", "An attribute cannot be called xmlns.");
        else if (NameIsWritable(wire) && Writable(content) is { } text) writer.WriteAttributeString(member?.Shape.Xml?.Prefix, wire, member?.Shape.Xml?.Namespace, text);
        path.RemoveAt(path.Count - 1);
    }

    void Text(JsonValue value)
    {
        if (value.Kind is JsonKind.Object or JsonKind.Array or JsonKind.Null) Report("type", "Only a text can stand here.");
        else if (Writable(value) is { } text) writer.WriteString(text);
    }

    string? Writable(JsonValue value)
    {
        var text = value.StringOrNull ?? value.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else
            {
                Report("character", $"The text holds the character U+{(int)text[i]:X4}, which XML cannot hold. Take it out.");
                return null;
            }
        }

        return text;
    }

    bool NameIsWritable(string wire)
    {
        if (XmlNames.IsName(wire)) return true;
        Report("name", "The name is no XML name: a letter, then letters, digits, \"-\", \"_\" or \".\".", wire);
        return false;
    }

    static bool IsAttribute(string name, XmlMember? member) => member?.IsAttribute ?? name.StartsWith(XmlNames.AttributeMark);

    static IEnumerable<KeyValuePair<string, JsonValue>> InOrder(JsonValue value, Shape? shape)
    {
        if (shape is not ObjectShape known) return value.Members;
        var first = known.Members.Where(member => value.TryGet(member.Name, out _)).Select(member => KeyValuePair.Create(member.Name, value[member.Name]));
        return first.Concat(value.Members.Where(member => known.Member(member.Key) is null));
    }

    void Report(string rule, string message, string? value = null) =>
        problems.Add(null, rule, message, string.Concat(path.Select(segment => "/" + JsonPointer.Escape(segment))), value);
}
