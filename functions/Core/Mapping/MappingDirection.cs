namespace Interop.Core.Mapping;

/// <summary>Which way a mapping translates.</summary>
[Flags]
public enum MappingDirection
{
    /// <summary>No way.</summary>
    None = 0,

    /// <summary>From the system's format to the canonical record.</summary>
    In = 1,

    /// <summary>From the canonical record to the system's format.</summary>
    Out = 2,

    /// <summary>Both ways.</summary>
    Both = In | Out,
}
