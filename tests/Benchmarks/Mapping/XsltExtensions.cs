using System.Globalization;
using System.Text.Encodings.Web;

namespace Interop.Benchmarks.Mapping;

/// <summary>What the stylesheets ask for; its names are those of functions there.</summary>
#pragma warning disable CA1822, IDE1006, CA1024
public sealed class XsltExtensions
{
    public string json(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    public string instant(string local) =>
        London.TryToUtc(DateTime.ParseExact(local, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), out var utc)
            ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : throw new FormatException(local);

    public string local(string instant) =>
        London.ToLocal(DateTime.ParseExact(instant, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
#pragma warning restore CA1822, IDE1006, CA1024
