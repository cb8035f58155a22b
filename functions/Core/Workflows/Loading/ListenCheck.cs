using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Finds event filters that no event can ever fit.</summary>
static class ListenCheck
{
    // These are texts that are not empty in every CloudEvent that has them.
    static readonly string[] Texts = ["id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "specversion"];

    public static void Check(LoadContext context)
    {
        foreach (var (place, filter) in context.Filters)
            foreach (var (name, test) in filter.With) Check(context, place, name, test);
    }

    static void Check(LoadContext context, Place place, string name, ValueTest test)
    {
        if (test is IsEqual { Expected: var expected } && Texts.Contains(name, StringComparer.Ordinal))
        {
            if (expected.Kind != JsonKind.String) context.Problems.NobodySends(place, name, $"of an event is a text, but {expected} stands here; put it in quotes", expected.ToString());
            else if (expected.AsString().Length == 0) context.Problems.NobodySends(place, name, "of an event is never empty", "");
            else if (name == "specversion" && expected.AsString() != "1.0") context.Problems.NobodySends(place, name, "of an event is 1.0", expected.AsString());
        }

        if (test is Decides { Expression: var expression } && expression.ToString().Trim() is "false" or "null")
            context.Problems.NobodySends(place, name, "is tested by an expression that is always false", ((Decides)test).Expression.ToString());
    }
}
