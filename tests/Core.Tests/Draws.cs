using CsCheck;
using Interop.Core.Json;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests;

/// <summary>Laws of documents: one that fails is told without what does not matter.</summary>
static class Draws
{
    public static void Hold(this Gen<JsonValue> documents, Action<JsonValue> law, long everyTime)
    {
        var lot = Laws.Lot;
        for (var number = Laws.Number(everyTime); number > 0; number--)
        {
            var document = documents.Generate(lot, null, out _);
            if (Holds(law, document)) continue;
            law(Smaller(document, "", law));
        }
    }

    static bool Holds(Action<JsonValue> law, JsonValue document)
    {
        try
        {
            law(document);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // Whatever can be taken away so that the law still fails is, from the last to the first.
    static JsonValue Smaller(JsonValue document, string around, Action<JsonValue> law)
    {
        foreach (var pointer in SampleEdit.Below(document, around).Reverse())
        {
            var less = SampleEdit.Without(document, pointer);
            document = Holds(law, less) ? Smaller(document, pointer, law) : less;
        }

        return document;
    }
}
