using System.Text;

namespace Interop.Core.Json;

/// <summary>A member's name that is asked for often: in the form each kind of object is searched by.</summary>
sealed class JsonName(string text)
{
    public string Text => text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);
}
