using System.Collections.Immutable;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Workflows.Definition;

/// <summary>A runtime expression: a jq program that is given the variables it uses and no others.</summary>
sealed class Expression(JqProgram program)
{
    public ImmutableArray<string> Variables => program.FreeVariables;

    public Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable)
    {
        var given = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var name in program.FreeVariables) given[name] = variable(name);
        return program.First(input, given);
    }

    /// <summary>As jq has it: everything but false and null is true.</summary>
    public Outcome<bool> IsTrue(JsonValue input, Func<string, JsonValue> variable) =>
        Evaluate(input, variable).Then<bool>(value => !value.IsNull && value != JsonValue.False);

    public override string ToString() => program.Text;
}
