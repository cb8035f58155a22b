namespace Interop.Core.Workflows.Definition;

/// <summary>Where a list goes on after a task.</summary>
enum FlowKind
{
    /// <summary>To the next task of the list.</summary>
    Continue,

    /// <summary>Out of the composite task (do, for, try, listen) whose list this is.</summary>
    Exit,

    /// <summary>To the end of the workflow.</summary>
    End,

    /// <summary>To a named task of the same list.</summary>
    To,
}

/// <summary>A flow directive (<c>then</c>).</summary>
sealed record Flow(FlowKind Kind, string Target = "")
{
    public static Flow Continue { get; } = new(FlowKind.Continue);

    public static Flow Exit { get; } = new(FlowKind.Exit);

    public static Flow End { get; } = new(FlowKind.End);

    public static Flow Of(string text) => text switch
    {
        "continue" => Continue,
        "exit" => Exit,
        "end" => End,
        _ => new Flow(FlowKind.To, text),
    };
}
