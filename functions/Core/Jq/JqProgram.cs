using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>A jq program, compiled once and run many times; immutable and safe to share between threads.</summary>
public sealed class JqProgram
{
    static readonly Dictionary<string, JsonValue> NoVariables = [];
    readonly Program program;

    JqProgram(string text, Program program) => (Text, this.program) = (text, program);

    /// <summary>The program as its author wrote it.</summary>
    public string Text { get; }

    /// <summary>The program on one line, without comments and with the parentheses it needs and no others: what two spellings of one program share.</summary>
    public string Formatted => Printer.Print(Parser.Parse(Text, new JqProblems(Text, null))!);

    /// <summary>The numbers, texts and patterns that stand in a program; null if it does not parse.</summary>
    internal static Literals? LiteralsOf(string text) => Parser.Parse(text, new JqProblems(text, null)) is { } program ? Literals.Of(program) : null;

    /// <summary>The variables given to <see cref="Compile"/> that the program uses, without the <c>$</c>.</summary>
    public ImmutableArray<string> FreeVariables => program.FreeVariables;

    /// <summary>Compiles a program.</summary>
    /// <param name="text">The program.</param>
    /// <param name="variables">The names of the variables every run is given, without the <c>$</c>; of these, <c>now</c> is also what the function <c>now</c> gives.</param>
    /// <param name="at">Where the program's first character stands in a file, if it does.</param>
    /// <returns>The program, or the problems (<c>jq-syntax</c>, <c>jq-undefined</c>, <c>jq-refused</c>), each with its place in the text or file.</returns>
    public static Outcome<JqProgram> Compile(string text, IReadOnlyList<string> variables, Place? at = null)
    {
        var problems = new JqProblems(text, at);
        var syntax = Parser.Parse(text, problems);
        if (syntax is null || !problems.IsEmpty) return problems.ToImmutable();
        var compiled = Compiler.Compile(syntax, variables, problems);
        return problems.IsEmpty ? new JqProgram(text, compiled) : problems.ToImmutable();
    }

    /// <summary>Runs the program; every output is made when it is asked for. A failure is the last thing given.</summary>
    /// <param name="input">What <c>.</c> is.</param>
    /// <param name="variables">The values of the variables; one that is not given is null.</param>
    /// <param name="limits">What the run may use; <see cref="JqLimits.Default"/> if not given.</param>
    public IEnumerable<Outcome<JsonValue>> Run(JsonValue input, IReadOnlyDictionary<string, JsonValue>? variables = null, JqLimits? limits = null)
    {
        var evaluator = new Evaluator(program, limits ?? JqLimits.Default);
        evaluator.Start(input, variables ?? NoVariables);
        while (evaluator.Next(out var output)) yield return output;
        if (evaluator.Problem is { } problem) yield return problem;
    }

    /// <summary>All outputs, or the problem that ended the run (<c>jq-error</c>, <c>jq-limit</c>).</summary>
    public Outcome<ImmutableArray<JsonValue>> All(JsonValue input, IReadOnlyDictionary<string, JsonValue>? variables = null, JqLimits? limits = null)
    {
        var evaluator = new Evaluator(program, limits ?? JqLimits.Default);
        evaluator.Start(input, variables ?? NoVariables);
        var outputs = ImmutableArray.CreateBuilder<JsonValue>();
        while (evaluator.Next(out var output)) outputs.Add(output);
        return evaluator.Problem is { } problem ? problem : outputs.ToImmutable();
    }

    /// <summary>The first output; what would come after it is not evaluated. No output is the problem <c>jq-empty</c>.</summary>
    public Outcome<JsonValue> First(JsonValue input, IReadOnlyDictionary<string, JsonValue>? variables = null, JqLimits? limits = null)
    {
        var evaluator = new Evaluator(program, limits ?? JqLimits.Default);
        evaluator.Start(input, variables ?? NoVariables);
        return evaluator.Next(out var output) ? output : evaluator.Problem ?? Errors.NoOutput;
    }

    /// <summary>What a whole run is charged, its outputs dropped.</summary>
    internal (long Steps, long Bytes) Charged(JsonValue input, JqLimits limits)
    {
        var evaluator = new Evaluator(program, limits);
        evaluator.Start(input, NoVariables);
        while (evaluator.Next(out _))
        {
        }

        return evaluator.Charged;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
