namespace Interop.Core.Jq;

/// <summary>
/// What work done outside the instruction loop costs. A step is what an instruction takes, 10 to 20 ns of a processor: work that takes longer costs more steps, so that the default limits end
/// every program in about the same time, whatever it does. Measured by <c>tests/Benchmarks -- jq-hostile</c>.
/// </summary>
static class Prices
{
    /// <summary>Bytes made: allocated, filled, and copied by the collector while they are needed.</summary>
    public const int BytesAStep = 32;

    /// <summary>Characters looked at one by one.</summary>
    public const int CharactersAStep = 8;

    /// <summary>Characters compared or searched many at once.</summary>
    public const int ComparedAStep = 128;

    /// <summary>Digits of a number read or compared exactly.</summary>
    public const int DigitsAStep = 3;

    /// <summary>Items gone through by a function's own loop.</summary>
    public const int ItemsAStep = 2;

    /// <summary>Members of a parsed document's object looked at to find one, or its items to find the one at an index.</summary>
    public const int SoughtAStep = 4;

    /// <summary>An item or member read from a parsed document.</summary>
    public const int ReadSteps = 4;

    /// <summary>A comparison of two items of a list, or a look into one of them.</summary>
    public const int CompareSteps = 3;

    /// <summary>Two arrays, or two objects, laid side by side.</summary>
    public const int PairSteps = 14;

    /// <summary>A member of an object that is compared, merged or named.</summary>
    public const int MemberSteps = 3;

    /// <summary>A member more, or another, in an object that shares the rest with the one it was made from.</summary>
    public const int SharedMemberSteps = 150;

    /// <summary>An item more, or another, in an array that shares the rest.</summary>
    public const int SharedItemSteps = 30;

    /// <summary>Each member of a long object that is changed for the first time and from then on shared.</summary>
    public const int SharingSteps = 35;

    /// <summary>An item or member of a parsed document that is kept, beside the reading.</summary>
    public const int OpenedSteps = 12;

    /// <summary>An entry made of a long object: so many at once outlive a collection, and are copied by it.</summary>
    public const int LongEntrySteps = 12;

    /// <summary>An object made whose names are calculated: each is looked at whether it was there before.</summary>
    public const int NamedObjectSteps = 30;

    /// <summary>The message of an error.</summary>
    public const int MessageSteps = 70;

    /// <summary>A frame, or an argument closed over one.</summary>
    public const int FrameSteps = 4;

    /// <summary>A value written as JSON, beside the characters of its text.</summary>
    public const int WrittenSteps = 6;

    /// <summary>A value, a name or a sign read from JSON, beside its characters.</summary>
    public const int TokenSteps = 11;

    /// <summary>A part cut out of a text.</summary>
    public const int PartSteps = 3;

    /// <summary>A cell of a row, or a word of a command.</summary>
    public const int CellSteps = 12;

    /// <summary>A date taken apart or put together, and one field of it written or read.</summary>
    public const int DateSteps = 30;

    /// <summary>One match of a regular expression, described; as much again, twice, for each of its groups.</summary>
    public const int MatchSteps = 25;
}
