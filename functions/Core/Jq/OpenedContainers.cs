using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>
/// The large arrays and objects of parsed documents that were looked into last. A parsed document is searched from the start each time: what is looked into again is read once, and from then on
/// searched in memory.
/// </summary>
sealed class OpenedContainers
{
    /// <summary>Those with fewer items or members are searched where they stand.</summary>
    public const int Few = 32;

    const int Kept = 4;

    readonly (JsonValue Unread, JsonValue? Read)[] entries = new (JsonValue, JsonValue?)[Kept];
    int next;

    public JsonValue Open(Evaluator evaluator, JsonValue container)
    {
        foreach (ref var entry in entries.AsSpan())
        {
            if (!entry.Unread.IsSameElement(container)) continue;
            if (entry.Read is null && evaluator.Spend((long)Prices.OpenedSteps * container.Count) && evaluator.Opens(container)) entry.Read = container.Read();
            return entry.Read ?? container;
        }

        entries[next++ % Kept] = (container, null);
        return container;
    }
}
