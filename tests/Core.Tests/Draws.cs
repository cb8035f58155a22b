using System.Globalization;
using CsCheck;
using Interop.Core.Json;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests;

/// <summary>
/// Laws of documents that seldom fail are tried with the same ones each time, so that a change is judged by itself and not by lot; <c>INTEROP_DRAWS=5000</c> goes on from there to so many. A document that fails is told without what does not matter.
/// </summary>
static class Draws
{
    const string NumberVariable = "INTEROP_DRAWS";
    const uint Stream = 1;
    const ulong First = 20_261_128;

    static readonly int? Given = int.TryParse(Environment.GetEnvironmentVariable(NumberVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;

    /// <summary>Draws <paramref name="everyTime"/> documents, or as many as the variable says.</summary>
    public static void Hold(this Gen<JsonValue> documents, Action<JsonValue> law, int everyTime)
    {
        var random = new PCG(Stream, First);
        for (var drawn = 0; drawn < (Given ?? everyTime); drawn++)
        {
            var document = documents.Generate(random, null, out _);
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
