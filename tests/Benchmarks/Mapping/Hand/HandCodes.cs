using System.Text.Json;

namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>The code lists, each a comparison or two of constants.</summary>
static class HandCodes
{
    static readonly JsonEncodedText Recorded = JsonEncodedText.Encode("recorded"), UnderInvestigation = JsonEncodedText.Encode("under-investigation"), Charged = JsonEncodedText.Encode("charged"), Closed = JsonEncodedText.Encode("closed"),
        BurglaryDwelling = JsonEncodedText.Encode("burglary-dwelling"), BurglaryOther = JsonEncodedText.Encode("burglary-other"), Robbery = JsonEncodedText.Encode("robbery"), CriminalDamage = JsonEncodedText.Encode("criminal-damage"),
        OfficerAssigned = JsonEncodedText.Encode("officer-assigned"), SuspectArrested = JsonEncodedText.Encode("suspect-arrested"), ReleasedOnBail = JsonEncodedText.Encode("released-on-bail"), FileSent = JsonEncodedText.Encode("file-sent");

    public static bool TryStatus(ReadOnlySpan<byte> code, out JsonEncodedText meaning) => Is(
        code.SequenceEqual("REC"u8) ? Recorded : code.SequenceEqual("UIN"u8) ? UnderInvestigation : code.SequenceEqual("CHG"u8) ? Charged : code.SequenceEqual("CLO"u8) ? Closed : default, out meaning);

    public static bool TryOffence(ReadOnlySpan<byte> code, out JsonEncodedText meaning) => Is(
        code.SequenceEqual("028/01"u8) ? BurglaryDwelling : code.SequenceEqual("030/02"u8) ? BurglaryOther : code.SequenceEqual("034/01"u8) ? Robbery : code.SequenceEqual("058/01"u8) ? CriminalDamage : default, out meaning);

    public static bool TryEvent(ReadOnlySpan<byte> code, out JsonEncodedText meaning) => Is(
        code.SequenceEqual("OIC"u8) ? OfficerAssigned : code.SequenceEqual("ARR"u8) ? SuspectArrested : code.SequenceEqual("BAI"u8) ? ReleasedOnBail : code.SequenceEqual("FIL"u8) ? FileSent : default, out meaning);

    public static bool IsRole(ReadOnlySpan<byte> text) => text.SequenceEqual("victim"u8) || text.SequenceEqual("witness"u8) || text.SequenceEqual("suspect"u8);

    static bool Is(JsonEncodedText found, out JsonEncodedText meaning)
    {
        meaning = found;
        return !meaning.EncodedUtf8Bytes.IsEmpty;
    }
}
