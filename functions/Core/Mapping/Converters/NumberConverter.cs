using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>Text to number and back. Without a form the digits stay as they are; with one (<see cref="NumberForm"/>) the canonical number is plain.</summary>
static partial class NumberConverter
{
    const JsonTypes Types = JsonTypes.String | JsonTypes.Integer | JsonTypes.Number;
    const JsonTypes Numbers = JsonTypes.Integer | JsonTypes.Number;

    public static Converter? Make(ConverterSite site)
    {
        var fields = site.Fields();
        var form = NumberForm.Read(fields);
        fields.RefuseOthers();
        if (form is null) return null;
        return form == NumberForm.Plain
            ? new Converter(Types, Types, To(site.Canonical), To(site.Source)) { Recipe = new Recipe.Number(IsText(site.Source), IsText(site.Canonical)) }
            : new Converter(Types, Types, value => In(value, form, site.Canonical), value => Out(value, form, site));
    }

    public static bool IsNumber(string text) => Literal().IsMatch(text);

    /// <summary>A number's literal as a number, or as text where only text is allowed.</summary>
    public static JsonValue Written(string literal, JsonTypes wanted) => IsText(wanted) ? JsonValue.Of(literal) : JsonValue.OfNumber(literal);

    static Func<JsonValue, Converted> To(JsonTypes wanted) => value =>
    {
        var text = value.Kind == JsonKind.Number ? value.NumberText : value.StringOrNull;
        return text is null || !IsNumber(text) ? Converted.Refused("number", MappingMessages.NotNumber) : Written(text, wanted);
    };

    static Converted In(JsonValue value, NumberForm form, JsonTypes wanted)
    {
        var text = value.Kind == JsonKind.Number ? value.NumberText : value.StringOrNull;
        if (text is null || form.Parse(text) is not { } number) return Converted.Refused("number", MappingMessages.NotNumberForm(form.Example));
        if (number.ToExactText() is not { } plain) return Converted.Refused("precision", MappingMessages.NoEnd);
        if (Fraction.Parse(plain) is null || form.Write(number) is not { } back || form.Parse(back) is null) return Converted.Refused("number", MappingMessages.NumberTooLong);
        return Written(plain, wanted);
    }

    static Converted Out(JsonValue value, NumberForm form, ConverterSite site)
    {
        var text = value.Kind == JsonKind.Number ? value.NumberText : value.StringOrNull;
        if (text is null || Fraction.Parse(text) is not { } number) return Converted.Refused("number", MappingMessages.NotNumber);
        if (form.Write(number) is not { } written) return Converted.Refused("precision", MappingMessages.NoEnd);
        if (form.Parse(written) is not { } back) return Converted.Refused("number", MappingMessages.NumberTooLong);
        if (!site.LossIsAccepted && !back.IsSameAs(number)) return Converted.Refused("precision", MappingMessages.Precision("number", written));
        return IsNumber(written) ? Written(written, site.Source) : JsonValue.Of(written);
    }

    static bool IsText(JsonTypes wanted) => (wanted & Numbers) == JsonTypes.None;

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();
}
