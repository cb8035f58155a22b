using Interop.Core.Json;

namespace Interop.Platform.Subjects;

/// <summary>A message of a subject, for its list; the first of them began it.</summary>
sealed record SubjectMessage(string Id, DateTimeOffset At, string System, string Type, bool IsFirst = false);

/// <summary>What recording a message led to.</summary>
enum Recording
{
    /// <summary>The subject began with it.</summary>
    Begun,

    /// <summary>It was added to what was known.</summary>
    Added,

    /// <summary>Another subject was quicker with the reference that this one is named after: find again.</summary>
    Outrun,

    /// <summary>The subject turned out to be the same as another, which has what it had: find again, with that one.</summary>
    Moved,
}

/// <summary>What a message tells of a subject.</summary>
/// <param name="Type">The type of canonical record.</param>
/// <param name="Record">The record.</param>
/// <param name="OccurredAt">When its sender says it happened.</param>
sealed record SubjectEntry(string Type, JsonValue Record, DateTimeOffset OccurredAt);
