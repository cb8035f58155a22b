using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>Any spelling of true and false; the first of each is written.</summary>
static class BooleanConverter
{
    public static Converter? Make(ConverterSite site)
    {
        var fields = site.Fields();
        var absent = fields.OptionalOneOf("absent", "true", "false");
        if (absent is not null) fields.Sentence("reason");
        var (yes, no) = (Spellings(fields, "true", absent == "true", site), Spellings(fields, "false", absent == "false", site));
        fields.RefuseOthers();
        if ((yes.IsEmpty && absent != "true") || (no.IsEmpty && absent != "false")) return null;
        if (yes.FirstOrDefault(no.Contains) is { IsNull: false } both)
        {
            site.Problems.Add(site.Node.Place, "boolean", MappingMessages.BothTrueAndFalse(both.ToString()), value: both.ToString());
            return null;
        }

        var known = string.Join(", ", yes.Concat(no));
        return new Converter(
            JsonTypes.Scalars,
            JsonTypes.Boolean,
            value => yes.Contains(value) ? JsonValue.True : no.Contains(value) ? JsonValue.False : Converted.Refused("boolean", MappingMessages.NotBoolean(known)),
            value => value == JsonValue.True ? First(yes) : value == JsonValue.False ? First(no) : Converted.Refused("boolean", MappingMessages.NotBoolean("true, false")))
        {
            Absent = absent is null ? JsonValue.Null : JsonValue.Of(absent == "true"),
            Recipe = new Recipe.Boolean(yes, no),
        };
    }

    // Without a spelling it is what absence stands for, and is written as such.
    static JsonValue First(ImmutableArray<JsonValue> spellings) => spellings.IsEmpty ? JsonValue.Null : spellings[0];

    // YAML reads an unquoted yes as text but an unquoted true or 1 as what they are; the source's schema decides which is meant.
    static ImmutableArray<JsonValue> Spellings(SourceFields fields, string name, bool mayLack, ConverterSite site)
    {
        var node = mayLack ? fields.Optional(name) : fields.Required(name);
        ImmutableArray<SourceNode> nodes = node is SourceList list ? list.Items : node is null ? [] : [node];
        var values = ImmutableArray.CreateBuilder<JsonValue>();
        foreach (var one in nodes)
        {
            if (one is SourceScalar scalar && Typed.Scalar(scalar.Text, scalar.Value, site.Source) is { } value) values.Add(value);
            else site.Problems.Add(one.Place, "type-clash", MappingMessages.Clash(one.KindName, site.Source), value: (one as SourceScalar)?.Text);
        }

        if (node is not null && nodes.IsEmpty) site.Problems.Add(node.Place, "required", MappingMessages.NoSpelling(name));
        return values.ToImmutable();
    }
}
