using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Delivery;

/// <summary>Reads how long a system tells of what it took.</summary>
public static class SystemMemory
{
    static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The field <c>remembers</c>: a duration as workflows have them; null where it is not stated.</summary>
    public static TimeSpan? Read(SourceFields fields)
    {
        if (fields.Optional("remembers") is not { } node) return null;
        var time = Delay.Read(node.ToJson());
        if (time.Succeeded && time.Value >= Shortest) return time.Value;
        var problem = time.Succeeded ? new Problem("duration", "\"remembers\" is shorter than a minute: the system could not be asked in time. State how long it tells of what it took.") : time.Problems[0];
        fields.Problems.Add(node.Place, problem.Rule, problem.Message, value: (node as SourceScalar)?.Text);
        return null;
    }
}
