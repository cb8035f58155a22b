namespace Interop.Core.Identifiers;

/// <summary>What this folder says to people. Each names the value, shortened.</summary>
static class IdentifierMessages
{
    public static Problem Asn(string text) =>
        Refused("asn", $"\"{Problem.Preview(text)}\" is not an arrest/summons number, such as 1101ZD0100000448754K: year, force, unit, system, eleven digits and a check letter.", text);

    public static Problem AsnLettered(string text) =>
        Refused("asn", $"The check letter of the arrest/summons number \"{Problem.Preview(text)}\" cannot be checked: the rule is known for a force and a system in digits only.", text);

    public static Problem PncId(string text) =>
        Refused("pnc-id", $"\"{Problem.Preview(text)}\" is not a PNC id, such as 14/120018R: two digits of the year, a stroke, up to seven digits and a check letter.", text);

    public static Problem Postcode(string text) => Refused("postcode", $"\"{Problem.Preview(text)}\" is not a UK postcode, such as SW1A 1AA.", text);

    public static Problem Telephone(string text) =>
        Refused("telephone", $"\"{Problem.Preview(text)}\" is no telephone number. Write a UK number, or the international form that begins with + and the country.", text);

    public static Problem Check(string rule, string text, char expected) =>
        Refused(rule, $"The check letter of \"{Problem.Preview(text)}\" should be {expected}. Correct the number or the letter.", text);

    static Problem Refused(string rule, string message, string text) => new(rule, message, Value: Problem.Preview(text));
}
