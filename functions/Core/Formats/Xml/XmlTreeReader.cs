using System.Text;
using System.Xml;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>Builds the value of one document. A syntax error leaves it as an <see cref="XmlException"/>; all else is collected.</summary>
sealed class XmlTreeReader(XmlReader reader, FormatLimits limits)
{
    const string NamespaceOfDeclarations = "http://www.w3.org/2000/xmlns/";

    // Attributes of these say how to read the document, not what it says: xml:space, xsi:schemaLocation.
    static readonly string[] NamespacesAside = ["http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema-instance"];

    readonly ProblemList problems = new();
    readonly HashSet<string> strangeNamespaces = new(StringComparer.Ordinal);
    readonly List<string> path = [];
    bool stopped;

    public Outcome<JsonValue> Document(Shape? shape, Func<string?, Place, Problem?> declared)
    {
        var root = JsonValue.Null;
        while (!stopped && reader.Read())
        {
            if (reader.NodeType == XmlNodeType.XmlDeclaration && declared(reader.GetAttribute("encoding"), Here()) is { } refusal) return refusal;
            if (reader.NodeType == XmlNodeType.Element) root = Root(shape);
        }

        return problems.Or(() => root);
    }

    /// <summary>One of many records, by itself.</summary>
    public Outcome<JsonValue> Record(XmlPath path)
    {
        var record = JsonValue.Null;
        while (!stopped && reader.Read())
            if (reader.NodeType == XmlNodeType.Element) record = Element(path.Record, path.Name, path.Steps[^2].Namespace);
        return problems.Or(() => record);
    }

    JsonValue Root(Shape? shape)
    {
        var children = new XmlChildren();
        Child(XmlNames.Of(shape), children, shape?.Xml?.Namespace);
        return children.ToValue();
    }

    // The reader stands on the start of the child; afterwards on its end.
    void Child(XmlNames known, XmlChildren children, string? inherited)
    {
        var wire = reader.LocalName;
        var member = known.Element(wire);
        if (member is null && known.Named(wire) is { } meant)
            Report("unknown-name", $"The element \"{wire}\" is not known here. Write \"{meant.Wire}\"{(meant.IsAttribute ? " as an attribute" : "")}.");
        var name = member?.Name ?? wire;
        path.Add(name);
        if (member is { IsList: true }) path.Add(children.CountOf(name).ToString(System.Globalization.CultureInfo.InvariantCulture));
        children.Add(name, Element(member?.Shape, name, inherited), member is { IsList: true });
        path.RemoveRange(path.Count - (member is { IsList: true } ? 2 : 1), member is { IsList: true } ? 2 : 1);
    }

    JsonValue Element(Shape? shape, string name, string? inherited)
    {
        if (reader.Depth >= limits.MaxDepth)
        {
            Report("too-deep", $"The document is nested deeper than {limits.MaxDepth} elements.");
            stopped = true;
            return JsonValue.Null;
        }

        var expected = shape?.Xml?.Namespace ?? inherited;
        CheckNamespace(expected);
        if (shape is ArrayShape list && XmlNames.IsWrapped(list)) return Wrapped(list, name, expected);

        var known = XmlNames.Of(shape);
        var children = new XmlChildren();
        Attributes(known, children, expected);
        var text = Content(child => Child(known, child, expected), children);
        return Value(shape, known, children, text);
    }

    JsonValue Wrapped(ArrayShape list, string name, string? expected)
    {
        var wire = XmlNames.ItemName(list, name);
        var items = new XmlChildren();
        var text = Content(Item, items);
        if (text is { Length: > 0 } && !IsBlank(text)) Report("mixed-text", $"Text stands where only elements \"{wire}\" may. Take it out.");
        return items.ListOf(wire);

        void Item(XmlChildren found)
        {
            if (reader.LocalName != wire) Report("unknown-name", $"The element \"{reader.LocalName}\" is not known here. Only \"{wire}\" is.");
            path.Add(found.CountOf(wire).ToString(System.Globalization.CultureInfo.InvariantCulture));
            found.Add(wire, Element(list.Item, wire, expected), asList: true);
            path.RemoveAt(path.Count - 1);
        }
    }

    // Reads to the end of the element. The text is that of an element without child elements; null beside them.
    string? Content(Action<XmlChildren> child, XmlChildren children)
    {
        if (reader.IsEmptyElement) return "";
        var text = new StringBuilder();
        var hasElements = false;
        while (!stopped && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                hasElements = true;
                child(children);
            }
            else
            {
                text.Append(reader.Value);
            }
        }

        if (!hasElements) return text.ToString();
        if (!IsBlank(text.ToString())) Report("mixed-text", "Text stands between elements. Put it into an element of its own.");
        return null;
    }

    void Attributes(XmlNames known, XmlChildren children, string? expected)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == NamespaceOfDeclarations || NamespacesAside.Contains(reader.NamespaceURI, StringComparer.Ordinal)) continue;
            var member = known.Attribute(reader.LocalName);
            if (expected is not null || member?.Shape.Xml?.Namespace is not null) CheckNamespace(member?.Shape.Xml?.Namespace ?? "");
            var name = member?.Name ?? XmlNames.AttributeMark + reader.LocalName;
            if (children.CountOf(name) > 0) Report("duplicate-name", $"The attribute \"{reader.LocalName}\" stands twice, in two namespaces. Keep one.");
            else children.Add(name, reader.Value, asList: false);
        }

        reader.MoveToElement();
    }

    static JsonValue Value(Shape? shape, XmlNames known, XmlChildren children, string? text)
    {
        if (children.IsEmpty && shape is not ObjectShape) return text;
        if (text is not null && (known.HasText || (shape is ObjectShape ? !IsBlank(text) : text.Length > 0))) children.Add(XmlNames.Text, text, asList: false);
        return children.ToValue();
    }

    void CheckNamespace(string? expected)
    {
        if (expected is null || reader.NamespaceURI == expected || !strangeNamespaces.Add(reader.NamespaceURI)) return;
        var wanted = expected.Length == 0 ? "no namespace" : $"the namespace {Problem.Preview(expected)}";
        Report("namespace", $"\"{reader.LocalName}\" must be in {wanted}.", reader.NamespaceURI);
    }

    void Report(string rule, string message, string? value = null) =>
        problems.Add(Here(), rule, message, string.Concat(path.Select(segment => "/" + JsonPointer.Escape(segment))), value);

    Place Here() => reader is IXmlLineInfo info && info.HasLineInfo() ? new Place("", info.LineNumber, info.LinePosition) : new Place("", 1, 1);

    static bool IsBlank(string text) => text.AsSpan().Trim(" \t\r\n").IsEmpty;
}
