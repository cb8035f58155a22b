using Interop.Core.Mapping.Compiled;
using Interop.Core.Sources;
using NodaTime.Text;

namespace Interop.Core.Mapping;

/// <summary>Dates without a time, and times without a date.</summary>
static class DateConverters
{
    public static Converter? Date(ConverterSite site) => Of("date", site, LocalDatePattern.CreateWithInvariantCulture, LocalDatePattern.Iso);

    public static Converter? Time(ConverterSite site) => Of("time", site, LocalTimePattern.CreateWithInvariantCulture, LocalTimePattern.ExtendedIso);

    /// <summary>The pattern of that text; null after a problem at the node.</summary>
    public static IPattern<T>? Pattern<T>(SourceFields fields, string name, Func<string, IPattern<T>> create)
    {
        var text = fields.RequiredText(name);
        if (text.Length == 0) return null;
        try
        {
            return create(text);
        }
        catch (InvalidPatternException wrong)
        {
            fields.Problems.Add(fields.Map[name]!.Place, "pattern", MappingMessages.Pattern(text, wrong.Message), value: text);
            return null;
        }
    }

    static Converter? Of<T>(string rule, ConverterSite site, Func<string, IPattern<T>> create, IPattern<T> canonical)
        where T : struct, IEquatable<T>
    {
        var fields = site.Fields();
        var pattern = Pattern(fields, "pattern", create);
        fields.RefuseOthers();
        if (pattern is null) return null;
        var text = fields.RequiredText("pattern");
        return Converter.OfText(
            source => pattern.Parse(source) is { Success: true, Value: var value } ? canonical.Format(value) : Converted.Refused(rule, MappingMessages.NotInPattern(rule, text)),
            from =>
            {
                if (canonical.Parse(from) is not { Success: true, Value: var value }) return Converted.Refused(rule, MappingMessages.NotInPattern(rule, rule == "date" ? "yyyy-MM-dd" : "HH:mm:ss"));
                var written = pattern.Format(value);
                return site.LossIsAccepted || (pattern.Parse(written) is { Success: true, Value: var back } && back.Equals(value))
                    ? written
                    : Converted.Refused("precision", MappingMessages.Precision(rule, written));
            }) with { Recipe = rule == "date" ? new Recipe.Date(text, site.LossIsAccepted) : null };
    }
}
