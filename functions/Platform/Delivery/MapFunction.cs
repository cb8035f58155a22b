using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;

namespace Interop.Platform.Delivery;

/// <summary>The function <c>map</c>: translates a record by a mapping, and sends it nowhere.</summary>
sealed class MapFunction(DefinitionRegistry definitions, TimeProvider clock) : IFunction
{
    public string Name => "map";

    public Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation) => Task.FromResult(Map(effect.Arguments));

    FunctionOutcome Map(JsonValue arguments)
    {
        var name = arguments["mapping"].StringOrNull ?? "";
        if (!definitions.Current.Mappings.ContainsKey(name)) return Invalid($"There is no mapping \"{name}\".");
        var mapping = definitions.Mapping(name, clock.GetUtcNow());
        var mapped = arguments["direction"].StringOrNull == "out" ? mapping.Translate(arguments["record"], MappingDirection.Out) : mapping.Translate(arguments["record"], MappingDirection.In);
        return mapped.Succeeded ? new FunctionOutcome.Done(mapped.Value) : Invalid(ProblemText.WithoutValues(mapped.Problems, mapping));
    }

    static FunctionOutcome Invalid(string detail) => new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Validation, 400, "The record cannot be mapped", detail));
}
