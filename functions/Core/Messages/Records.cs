using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>The canonical records, and the merged incident that they build.</summary>
public static class Records
{
    /// <summary>The canonical record types.</summary>
    public const string Incident = "incident", Person = "person", Location = "location", Crime = "crime", Update = "update", Receipt = "receipt";

    /// <summary>Updates kept in a merged incident; of more, the latest.</summary>
    public const int MostUpdates = 100;

    /// <summary>The incident with what <paramref name="incoming"/> adds.</summary>
    /// <param name="existing">The merged incident so far; null at first.</param>
    /// <param name="recordType">One of the canonical record types.</param>
    /// <param name="incoming">A record that is valid by its schema.</param>
    public static JsonValue Merge(JsonValue existing, string recordType, JsonValue incoming) => throw new NotSupportedException("Not written yet.");
}
