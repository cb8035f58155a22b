namespace Interop.Core.Places;

/// <summary>What this folder says to people.</summary>
static class PlaceMessages
{
    public static Problem GridReference(string text) =>
        new("grid", $"\"{Problem.Preview(text)}\" is not a National Grid reference, such as TQ 30080 80045: two letters and as many figures east as north, at most five.", Value: Problem.Preview(text));

    public static Problem OffGrid(string text) => new("grid", $"\"{Problem.Preview(text)}\" is outside the squares of the British National Grid. Correct the place.", Value: Problem.Preview(text));
}
