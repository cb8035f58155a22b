using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Jq;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>What every part of the loader needs: the problems, the host, the components of <c>use</c>, and how to compile an expression.</summary>
sealed partial class LoadContext(string text, string file, ProblemList problems, WorkflowHost host)
{
    readonly string[] lines = text.Split('\n');

    /// <summary>The variables every expression is given.</summary>
    public static ImmutableArray<string> Everywhere { get; } = ["context", "input", "output", "task", "workflow", "runtime", "authorization", "now"];

    /// <summary>What makes the definition wrong anywhere.</summary>
    public ProblemList Problems => problems;

    /// <summary>What is well-formed, and refused by this host when the definition is published.</summary>
    public ProblemList Refusals { get; } = new();

    public WorkflowHost Host => host;

    /// <summary>Whether every text is tried as an expression (<c>evaluate.mode: loose</c>).</summary>
    public bool IsLoose { get; set; }

    /// <summary>Whether the arguments of a call are read, in which secrets may stand.</summary>
    public bool TakesSecrets { get; set; }

    /// <summary>Reports what the definition needs and this host does not offer.</summary>
    public void Need(HostFeature feature, Place place, string what, string remedy)
    {
        if (!host.Offers.Contains(feature)) Refusals.NotSupported(place, what, remedy);
    }

    public Components Use { get; } = new();

    /// <summary>Every strategy by which a listen of the definition takes events.</summary>
    public List<Consumption> Listens { get; } = [];

    /// <summary>Every event filter of the definition, and its place.</summary>
    public List<(Place Place, EventFilter Filter)> Filters { get; } = [];

    /// <summary>The event types that tasks emit; null for a computed one.</summary>
    public HashSet<string?> Emits { get; } = new(StringComparer.Ordinal);

    /// <summary>An expression that may stand with or without <c>${ }</c>.</summary>
    public Expression? Bare(SourceNode? node, ImmutableArray<string> names, string what)
    {
        if (node is null) return null;
        if (node is not SourceScalar scalar || scalar.Value.Kind is JsonKind.Null)
        {
            problems.NotAnExpression(node, what);
            return null;
        }

        if (IsOpen(scalar))
        {
            problems.OpenExpression(scalar.Place, scalar.Text);
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
                return Scalar(scalar, names);
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
        if (node is SourceScalar scalar && (IsWrapped(scalar) || IsOpen(scalar))) return Bare(scalar, names, "The duration") is { } computed ? new Delay(TimeSpan.Zero, computed) : null;
        var span = Definition.Delay.Read(node.ToJson());
        if (span.Succeeded) return new Delay(span.Value, null);
        problems.AddRange(span.Problems.Select(problem => problem with { Place = node.Place }));
        return null;
    }

    public static bool IsWrapped(SourceScalar scalar) => scalar.Value.Kind == JsonKind.String && Wrapped().IsMatch(scalar.Text);

    /// <summary>Whether a text begins as an expression and does not end as one.</summary>
    public static bool IsOpen(SourceScalar scalar) => scalar.Value.Kind == JsonKind.String && scalar.Text.AsSpan().TrimStart().StartsWith("${") && !IsWrapped(scalar);

    Template Scalar(SourceScalar scalar, ImmutableArray<string> names)
    {
        if (SecretReader.Of(this, scalar) is { } secret) return secret;
        if (IsWrapped(scalar) || (IsOpen(scalar) && !Embedded().IsMatch(scalar.Text))) return Bare(scalar, names, "The value") is { } expression ? new Computed(expression) : new Literal(JsonValue.Null);
        if (scalar.Value.Kind != JsonKind.String) return new Literal(scalar.Value);
        if (IsLoose) return JqProgram.Compile(scalar.Text, names.Add("secrets")) is { Succeeded: true } loose && !Secrets().IsMatch(scalar.Text) ? new Loose(new Expression(loose.Value), scalar.Text) : new Literal(scalar.Value);
        if (Embedded().IsMatch(scalar.Text)) Refusals.EmbeddedExpression(scalar.Place, scalar.Text);
        return new Literal(scalar.Value);
    }

    Expression? Compile(SourceScalar scalar, int offset, string program, ImmutableArray<string> names)
    {
        if (Secrets().IsMatch(program)) Refusals.NoSecrets(scalar.Place);
        var compiled = JqProgram.Compile(program, names.Add("secrets"), PlaceOf(scalar, offset));
        if (compiled.Succeeded) return new Expression(compiled.Value);
        problems.AddRange(compiled.Problems);
        return null;
    }

    // The reader gives the place where a scalar begins; the expression begins after the quote, or on the line below a block's mark.
    Place PlaceOf(SourceScalar scalar, int offset)
    {
        var (source, line, column) = scalar.Place;
        // A function of the catalog stands in a text that is not here.
        if (source != file) return scalar.Place;
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

    [GeneratedRegex(@"\$\{[^}]*\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Embedded();

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

    /// <summary>Read where they are used, since only there the variables in scope are known.</summary>
    public Dictionary<string, SourceEntry> Authentications { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SourceEntry> Catalogs { get; } = new(StringComparer.Ordinal);
}
