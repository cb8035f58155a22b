using System.Xml;
using Interop.Core.Sources;

namespace Interop.Core.Schemas;

static class AnnotationKeywords
{
    const string Draft = "https://json-schema.org/draft/2020-12/schema";

    public static void Dialect(KeywordSite site)
    {
        if (site.Text() is { } text && text != Draft) site.Refuse(site.Value.Place, "dialect", $"Only JSON Schema 2020-12 is read. Write {Draft}.", text);
    }

    // An $id further down would change what references below it mean; here a reference is a path, as in the folder.
    public static void Id(KeywordSite site)
    {
        if (!ReferenceEquals(site.Schema, site.Document.Root)) site.Refuse(site.Entry.Place, "id", "\"$id\" may only stand at the top of a file. Take it out.");
        site.Text();
    }

    // Ours: of a canonical record, which other definitions name with it.
    public static void Version(KeywordSite site)
    {
        if (!ReferenceEquals(site.Schema, site.Document.Root)) site.Refuse(site.Entry.Place, "version", "\"version\" may only stand at the top of a file. Take it out.");
        if (site.Text() is { } text && SemanticVersion.Parse(text) is null) site.Refuse(site.Value.Place, "version", "The version must be of the form 1.2.3 (semver).", text);
    }

    public static void Xml(KeywordSite site)
    {
        var fields = SourceFields.Of(site.Value, site.Compiler.Problems);
        var hint = new XmlHint(Name("name"), fields.Flag("attribute"), fields.Flag("wrapped"), fields.Text("namespace"), Name("prefix"));
        fields.RefuseOthers();
        site.Node.Xml = hint;
        if (hint is { Attribute: true, Wrapped: true }) site.Refuse(site.Value.Place, "xml", "An attribute cannot be wrapped. Leave one of the two out.");
        if (hint is { Prefix: not null, Namespace: null }) site.Refuse(site.Value.Place, "xml", "A prefix stands for a namespace. Add \"namespace\".");

        string? Name(string field)
        {
            var name = fields.Text(field);
            if (name is null || IsXmlName(name)) return name;
            site.Refuse(site.Value.Place, "xml", $"\"{field}\" is no XML name: a letter, then letters, digits, \"-\", \"_\" or \".\".", name);
            return null;
        }
    }

    static bool IsXmlName(string name) => name.Length > 0 && XmlConvert.IsStartNCNameChar(name[0]) && name.All(XmlConvert.IsNCNameChar);
}
