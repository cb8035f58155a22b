using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Interop.Local.Simulators;

/// <summary>XML as the simulated systems read and write it.</summary>
internal static class Documents
{
    static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = SimulatedSystem.MaxBodyBytes };

    public static string Text(XElement root) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n";

    /// <summary>The root element, or why there is none.</summary>
    public static (XElement? Root, string Problem) Read(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Strict);
            return (XElement.Load(reader), "");
        }
        catch (XmlException wrong)
        {
            return (null, wrong.Message);
        }
    }

    public static byte[] Bytes(XElement root) => Encoding.UTF8.GetBytes(Text(root));
}
