using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Jq;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>What every part of the loader needs: the problems, the host, the components of <c>use</c>, and how to compile an expression.</summary>
sealed partial class LoadContext(string text, ProblemList problems, WorkflowHost host)
{
    readonly string[] lines = text.Split('\n');

    /// <summary>The variables every expression is given.</summary>
    public static ImmutableArray<string> Everywhere { get; } = ["context", "input", "output", "task", "workflow", "runtime", "authorization", "now"];

    public ProblemList Problems => problems;

    public WorkflowHost Host => host;

    public Components Use { get; } = new();

    /// <summary>Every strategy by which a listen of the definition takes events.</summary>
    public List<Consumption> Listens { get; } = [];

    /// <summary>An expression that may stand with or without <c>${ }</c>.</summary>
    public Expression? Bare(SourceNode? node, ImmutableArray<string> names, string what)
    {
        if (node is null) return null;
        if (node is not SourceScalar scalar || scalar.Value.Kind is JsonKind.Null)
        {
            problems.NotAnExpression(node, what);
            return null;
        }

        var wrapped = Wrapped().Match(scalar.Text);
        return wrapped.Success ? Compile(scalar, wrapped.Groups[1].Index, wrapped.Groups[1].Value, names) : Compile(scalar, 0, scalar.Text, names);
    }

    /// <summary>A text is an expression with or without <c>${ }</c>; anything else is a template.</summary>
    public Template? BareOrTemplate(SourceNode? node, ImmutableArray<string> names, string what) => node switch
    {
        null => null,
        SourceScalar { Value.Kind: JsonKind.String } => Bare(node, names, what) is { } expression ? new Computed(expression) : null,
        _ => Template(node, names),
    };

    /// <summary>A value in which texts of the form <c>${ … }</c> are expressions.</summary>
    public Template Template(SourceNode node, ImmutableArray<string> names)
    {
        switch (node)
        {
            case SourceScalar scalar:
                return IsWrapped(scalar) ? Computed(scalar, names) : new Literal(scalar.Value);
            case SourceList list:
                var items = list.Items.Select(item => Template(item, names)).ToImmutableArray();
                return items.All(item => item is Literal) ? new Literal(node.ToJson()) : new ArrayTemplate(items);
            case SourceMap map:
                var members = map.Entries.Select(entry => KeyValuePair.Create(entry.Name, Template(entry.Value, names))).ToImmutableArray();
                return members.All(member => member.Value is Literal) ? new Literal(node.ToJson()) : new ObjectTemplate(members);
            default:
                throw new InvalidOperationException($"Unknown node {node.GetType()}.");
        }
    }

    /// <summary>A fixed duration, or an expression that gives one.</summary>
    public Delay? Delay(SourceNode? node, ImmutableArray<string> names)
    {
        if (node is null) return null;
        if (node is SourceScalar scalar && IsWrapped(scalar)) return Bare(scalar, names, "The duration") is { } computed ? new Delay(TimeSpan.Zero, computed) : null;
        var span = Definition.Delay.Read(node.ToJson());
        if (span.Succeeded) return new Delay(span.Value, null);
        problems.AddRange(span.Problems.Select(problem => problem with { Place = node.Place }));
        return null;
    }

    public static bool IsWrapped(SourceScalar scalar) => scalar.Value.Kind == JsonKind.String && Wrapped().IsMatch(scalar.Text);

    Template Computed(SourceScalar scalar, ImmutableArray<string> names) =>
        Bare(scalar, names, "The value") is { } expression ? new Computed(expression) : new Literal(JsonValue.Null);

    Expression? Compile(SourceScalar scalar, int offset, string program, ImmutableArray<string> names)
    {
        if (Secrets().IsMatch(program))
        {
            problems.NoSecrets(scalar.Place);
            return null;
        }

        var compiled = JqProgram.Compile(program, names, PlaceOf(scalar, offset));
        if (compiled.Succeeded) return new Expression(compiled.Value);
        problems.AddRange(compiled.Problems);
        return null;
    }

    // The reader gives the place where a scalar begins; the expression begins after the quote, or on the line below a block's mark.
    Place PlaceOf(SourceScalar scalar, int offset)
    {
        var (file, line, column) = scalar.Place;
        var first = line <= lines.Length && column <= lines[line - 1].Length ? lines[line - 1][column - 1] : ' ';
        if (first is '\'' or '"') return new Place(file, line, column + 1 + offset);
        if (first is not ('|' or '>')) return new Place(file, line, column + offset);
        var before = scalar.Text[..offset];
        line += 1 + before.Count(character => character == '\n');
        var indent = line <= lines.Length ? lines[line - 1].Length - lines[line - 1].TrimStart().Length : 0;
        return new Place(file, line, indent + 1 + (before.Length - (before.LastIndexOf('\n') + 1)));
    }

    [GeneratedRegex(@"^\s*\$\{(.*)\}\s*$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"\$secrets\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Secrets();
}

/// <summary>The reusable components of <c>use</c>, by name.</summary>
sealed class Components
{
    public Dictionary<string, SourceEntry> Functions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Template> Errors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RetryPolicy> Retries { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Delay> Timeouts { get; } = new(StringComparer.Ordinal);
}
