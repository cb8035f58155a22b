namespace Interop.Core.Delivery;

/// <summary>What is not known of a delivery that was tried before.</summary>
/// <param name="Since">When the earliest attempt began that may have got through, in business time; null when none may.</param>
/// <param name="IsUnderWay">Whether what was sent last has no answer, and may yet arrive.</param>
public readonly record struct Doubt(DateTimeOffset? Since, bool IsUnderWay)
{
    /// <summary>What is left of an attempt that did not end the delivery. A refusal is certain, and so is that nothing was sent; an error of the system is not, nor is no answer.</summary>
    /// <param name="begun">When the attempt began.</param>
    /// <param name="status">The HTTP status; 0 for no answer.</param>
    /// <param name="mayHaveArrived">False when it is certain that the other side read nothing.</param>
    public static Doubt After(DateTimeOffset begun, int status, bool mayHaveArrived) =>
        new(mayHaveArrived && status is 0 or 408 or >= 500 ? begun : null, mayHaveArrived && status == 0);
}
