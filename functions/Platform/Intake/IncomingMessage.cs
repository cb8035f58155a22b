using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core;

namespace Interop.Platform.Intake;

/// <summary>A call of a system as it came in, before anything is believed of it.</summary>
/// <param name="Organisation">From the URL: the organisation it is sent to.</param>
/// <param name="System">From the URL.</param>
/// <param name="Type">From the URL.</param>
/// <param name="Body">Whole; at most <see cref="MaxBytes"/>.</param>
/// <param name="Headers">Names in any case.</param>
public sealed record IncomingMessage(string Organisation, string System, string Type, ReadOnlyMemory<byte> Body, FrozenDictionary<string, string> Headers)
{
    /// <summary>The largest body taken: 1 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The header of that name, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What became of a call.</summary>
public abstract record IntakeResult
{
    IntakeResult()
    {
    }

    /// <summary>Stored; answered 202.</summary>
    /// <param name="Id">The platform's id of the message.</param>
    /// <param name="Status">Where it stands: received, accepted, held, parked or erased.</param>
    /// <param name="IsDuplicate">It was here before; nothing was done again.</param>
    public sealed record Stored(string Id, string Status, bool IsDuplicate) : IntakeResult;

    /// <summary>Not stored.</summary>
    /// <param name="HttpStatus">400, 401, 404, 413 or 415.</param>
    /// <param name="Title">In a few words.</param>
    /// <param name="Problems">Every reason that the caller may know.</param>
    public sealed record Refused(int HttpStatus, string Title, ImmutableArray<Problem> Problems) : IntakeResult;
}
