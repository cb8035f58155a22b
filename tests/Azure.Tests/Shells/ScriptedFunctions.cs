using System.Collections.Concurrent;
using Interop.Platform.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interop.Azure.Tests.Shells;

/// <summary>The functions that workflows call. A call is held until the script has its answer and lets it go again, as a person would.</summary>
sealed class ScriptedFunctions
{
    static readonly string[] Names = ["deliver", "lookup", "map", "http", "openapi"];

    readonly ConcurrentDictionary<string, FunctionOutcome> answers = new(StringComparer.Ordinal);

    public void Answer(string organisation, string effect, FunctionOutcome outcome) => answers[$"{organisation} {effect}"] = outcome;

    public void Register(IServiceCollection services)
    {
        services.RemoveAll<IFunction>();
        foreach (var name in Names) services.AddSingleton<IFunction>(new Scripted(name, this));
    }

    sealed class Scripted(string name, ScriptedFunctions script) : IFunction
    {
        public string Name => name;

        public Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation) =>
            Task.FromResult(script.answers.GetValueOrDefault($"{run.Organisation} {effect.Id}", new FunctionOutcome.Held("The script has no answer yet.", null)));
    }
}

/// <summary>A clock that stands until a script moves it.</summary>
sealed class ScriptClock(DateTimeOffset start) : TimeProvider
{
    long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset time) => Interlocked.Exchange(ref ticks, time.UtcTicks);
}
