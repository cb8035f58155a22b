using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>What a run is charged, and how it ends before its time: by an error or a limit.</summary>
sealed partial class Evaluator
{
    /// <summary>Raises an error whose value is a message.</summary>
    public JsonValue Fail(string message)
    {
        stepsLeft -= Prices.MessageSteps;
        return Raise(message);
    }

    /// <summary>Raises an error.</summary>
    public JsonValue Raise(JsonValue value)
    {
        failed = true;
        error = value;
        return default;
    }

    /// <summary>Counts what is made, and the work of making it; false when it is too much.</summary>
    public bool Charge(long bytes)
    {
        if ((bytesLeft -= bytes) >= 0) return bytes < Prices.BytesAStep || Spend(bytes / Prices.BytesAStep);
        return Over("bytes", limits.Bytes);
    }

    /// <summary>Counts work done outside the loop; false when it is too much.</summary>
    public bool Spend(long steps)
    {
        if ((stepsLeft -= steps) >= 0) return true;
        return Over("steps", limits.Steps);
    }

    bool Over(string limit, long value)
    {
        if (Problem is null) Stop(Errors.Limit(limit, $"{value}"));
        return false;
    }

    /// <summary>Counts what a function's own loop looks at; false when it is too much. Several items are a step.</summary>
    public bool Visit(long items = 1)
    {
        if ((itemsSeen += items) < Prices.ItemsAStep) return true;
        var (steps, left) = Math.DivRem(itemsSeen, Prices.ItemsAStep);
        itemsSeen = left;
        return Spend(steps);
    }

    /// <summary>Counts the reading of all items or members of a parsed document's array or object, which are read each time; other values are read where they stand.</summary>
    public bool Opens(JsonValue container) => !container.IsUnread || Spend(((long)container.Count * Prices.ReadSteps) + (container.TextLength / Prices.BytesAStep));

    /// <summary>The same array or object, ready to be searched more than once: large ones of a parsed document are read into memory.</summary>
    public JsonValue Opened(JsonValue container) => container.IsUnread && container.Count >= OpenedContainers.Few ? (opened ??= new OpenedContainers()).Open(this, container) : container;

    /// <summary>Counts the reading of one item or member of a parsed document, for which so many had to be looked at.</summary>
    public bool Reads(long looked, JsonValue found)
    {
        if (!Spend(Prices.ReadSteps + (looked / Prices.SoughtAStep))) return false;
        var text = found.IsUnread ? 0 : found.TextLength;
        return text == 0 || (Charge(2L * text) && (!found.IsNumber || Spend(text / Prices.DigitsAStep)));
    }

    /// <summary>Counts the making of an array or object that differs from another in one item or member.</summary>
    public bool Changes(JsonValue container) => Charge(container.ChangeBytes) && Spend(Prices.CompareSteps + (container.Kind, container.IsShared) switch
    {
        (JsonKind.Object, true) => Prices.SharedMemberSteps,
        (JsonKind.Object, _) when container.Count > JsonMembers.CopiedUpTo => (long)Prices.SharingSteps * container.Count,
        (_, true) => Prices.SharedItemSteps,
        _ => 0,
    });

    public void Stop(Problem problem)
    {
        Problem ??= problem;
        failed = true;
    }
}
