using System.Text;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A form's check of values that are no bytes: the definition's constants and codes, and what converters make.</summary>
static class FormValue
{
    public static bool Accepts(Form form, JsonValue value) => value.Kind switch
    {
        JsonKind.Null => form.Takes(JsonTypes.Null),
        JsonKind.Boolean => form.Takes(JsonTypes.Boolean),
        JsonKind.Number => form.AcceptsNumber(Encoding.UTF8.GetBytes(value.NumberText)),
        JsonKind.String => form.Takes(JsonTypes.String) && form.Text.Accepts(Encoding.UTF8.GetBytes(value.AsString()), isPlain: false),
        JsonKind.Array => form.Takes(JsonTypes.Array) && (!form.IsUnique || AreDistinct(value)) && value.Count >= form.LeastItems && value.Count <= form.MostItems
            && value.Items.All(item => Accepts(form.Item!, item)),
        _ => form.Takes(JsonTypes.Object) && Members(form, value),
    };

    // Texts alone: what else may be the same is not told apart here.
    static bool AreDistinct(JsonValue list) => list.Count < 2 || (list.Items.All(item => item.Kind == JsonKind.String) && list.Items.Distinct().Count() == list.Count);

    static bool Members(Form form, JsonValue value)
    {
        var seen = 0UL;
        foreach (var (name, member) in value.Members)
        {
            var at = form.Names.IndexOf(name);
            if (at >= 0) seen |= 1UL << at;
            if ((at >= 0 ? form.Members[at] : form.Additional) is not { } below || !Accepts(below, member)) return false;
        }

        return form.AcceptsMembers(seen);
    }
}
