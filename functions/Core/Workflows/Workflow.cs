namespace Interop.Core.Workflows;

/// <summary>A definition (Serverless Workflow DSL 1.0), read, checked and compiled; immutable.</summary>
public sealed class Workflow
{
    internal Workflow()
    {
    }

    /// <summary><c>document.namespace</c></summary>
    public required string Namespace { get; init; }

    /// <summary><c>document.name</c></summary>
    public required string Name { get; init; }

    /// <summary><c>document.version</c></summary>
    public required string Version { get; init; }

    /// <summary><c>document.title</c>, or the name.</summary>
    public required string Title { get; init; }

    /// <summary><c>namespace/name:version</c></summary>
    public string Reference => $"{Namespace}/{Name}:{Version}";

    /// <summary>The text it was loaded from.</summary>
    public required string Text { get; init; }

    /// <summary>Which events start a run, if any do (<c>schedule.on</c>).</summary>
    public required StartRule? Start { get; init; }

    /// <summary>Reads a definition and checks it.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">The name that problems show.</param>
    /// <param name="host">What <c>call</c> may name; <see cref="WorkflowHost.Platform"/> for the platform's functions.</param>
    /// <returns>The workflow, or every problem with its place and remedy.</returns>
    public static Outcome<Workflow> Load(string text, string file, WorkflowHost host) => new Problem("not-built", "The loader is not built yet.");
}
