using System.Text;
using System.Xml;

namespace Interop.Core.Formats;

/// <summary>The elements around the records of a file: which are open, and the namespaces they declare.</summary>
sealed class XmlOuter(XmlPath path)
{
    const string NamespaceOfDeclarations = "http://www.w3.org/2000/xmlns/";

    readonly List<Level> open = [];

    /// <summary>An open element.</summary>
    /// <param name="Name">The name as it is written.</param>
    /// <param name="OnPath">Whether records may stand below.</param>
    /// <param name="Declared">The namespaces it declares, by prefix.</param>
    sealed record Level(string Name, bool OnPath, List<(string Prefix, string Uri)> Declared);

    public int Count => open.Count;

    /// <summary>Whether text other than blanks may not stand here: where records do, and outside the root.</summary>
    public bool OnPath => open.Count == 0 || open[^1].OnPath;

    /// <summary>Whether an element of this name is a record here.</summary>
    public bool IsRecord(ReadOnlySpan<byte> localName) =>
        open.Count == path.Steps.Length - 1 && OnPath && Encoding.UTF8.GetString(localName) == path.Steps[^1].Wire;

    /// <summary>Opens the element of a start tag; a problem if it is no start tag or is in a wrong namespace.</summary>
    public Problem? Open(string tag, bool isEmpty)
    {
        var opened = XmlFormatReader.Guarded<Level>(isEmpty ? tag : $"{tag[..^1]}/>", Context(), reader =>
        {
            reader.Read();
            var onPath = OnPath && open.Count < path.Steps.Length - 1 && reader.LocalName == path.Steps[open.Count].Wire;
            if (onPath && path.Steps[open.Count].Namespace is { } expected && reader.NamespaceURI != expected)
                return new Problem("namespace", FormatMessages.WrongNamespace(reader.LocalName, expected), Value: Problem.Preview(reader.NamespaceURI));
            var level = new Level(reader.Name, onPath, []);
            for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
                if (reader.NamespaceURI == NamespaceOfDeclarations) level.Declared.Add((reader.Prefix.Length == 0 ? "" : reader.LocalName, reader.Value));
            while (reader.Read())
            {
            }

            return level;
        });
        if (!opened.Succeeded) return opened.Problems[0];
        if (!isEmpty) open.Add(opened.Value);
        return null;
    }

    /// <summary>Closes the innermost element; false if the end tag is another's.</summary>
    public bool Close(string name)
    {
        if (open.Count == 0 || open[^1].Name != name) return false;
        open.RemoveAt(open.Count - 1);
        return true;
    }

    /// <summary>What the prefixes mean here. Names are not kept from record to record: there may be endlessly many.</summary>
    public XmlParserContext Context()
    {
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, uri) in open.SelectMany(level => level.Declared))
            if (prefix is not ("xml" or "xmlns")) names.AddNamespace(prefix, uri);
        return new XmlParserContext(names.NameTable, names, "", XmlSpace.None);
    }
}
