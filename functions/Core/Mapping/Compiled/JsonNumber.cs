namespace Interop.Core.Mapping.Compiled;

/// <summary>How JSON writes numbers.</summary>
static class JsonNumber
{
    /// <summary>The position behind the number that begins at a position; 0 if none does.</summary>
    public static int EndOf(ReadOnlySpan<byte> json, int at)
    {
        if (at < json.Length && json[at] == '-') at++;
        var end = PastDigits(json, at);
        if (end == at || (json[at] == '0' && end > at + 1)) return 0;
        at = end;
        if (at < json.Length && json[at] == '.')
        {
            end = PastDigits(json, at + 1);
            if (end == at + 1) return 0;
            at = end;
        }

        if (at >= json.Length || json[at] is not ((byte)'e' or (byte)'E')) return at;
        at++;
        if (at < json.Length && json[at] is (byte)'+' or (byte)'-') at++;
        end = PastDigits(json, at);
        return end == at ? 0 : end;
    }

    static int PastDigits(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && char.IsAsciiDigit((char)json[at])) at++;
        return at;
    }
}
