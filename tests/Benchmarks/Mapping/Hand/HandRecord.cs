namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>What was read of an occurrence: where its texts stand in the document. Used again and again by one thread.</summary>
sealed class HandRecord
{
    public const int MostNominals = 50;
    public const int MostEvents = 100;
    public const int MostForenames = 10;
    public const int MostLines = 6;

    public struct Nominal
    {
        public HandText Role, Surname, Born, Mobile, Needs;
        public int ForenameCount;
    }

    public struct Event
    {
        public HandText Type, At, Text;
    }

    public HandText Number, CrimeRef, Status, Offence, From, To, Modus, Town, PostCode;
    public bool HasVenue;
    public int LineCount;
    public int NominalCount;
    public int EventCount;

    public readonly HandText[] Lines = new HandText[MostLines];
    public readonly Nominal[] Nominals = new Nominal[MostNominals];
    public readonly HandText[] Forenames = new HandText[MostNominals * MostForenames];
    public readonly Event[] Events = new Event[MostEvents];

    public void Clear()
    {
        Number = CrimeRef = Status = Offence = From = To = Modus = Town = PostCode = default;
        (HasVenue, LineCount, NominalCount, EventCount) = (false, -1, 0, 0);
    }
}
