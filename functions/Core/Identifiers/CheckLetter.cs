namespace Interop.Core.Identifiers;

/// <summary>The letter that guards the digits of an identifier: their number modulo 23, in an alphabet without I, O and S that begins with Z.</summary>
static class CheckLetter
{
    const string Letters = "ZABCDEFGHJKLMNPQRTUVWXY";

    /// <summary>The letter for digits, of which there are at most 18.</summary>
    public static char Of(string digits) => Letters[(int)(long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % Letters.Length)];
}
