namespace Interop.Functions.Work;

/// <summary>Ends a message of the bus; until then it is locked, and comes again when nothing is said.</summary>
interface ISettlement
{
    /// <summary>It is done with.</summary>
    Task Complete(CancellationToken cancellation);

    /// <summary>It is put aside, with the reason.</summary>
    Task DeadLetter(string reason, string description, CancellationToken cancellation);
}
