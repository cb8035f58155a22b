using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Interop.Core.Jq;

/// <summary>Recursive descent over the tokens; operators by precedence climbing. One problem ends it.</summary>
sealed partial class Parser
{
    const int MaxDepth = 1_000;

    // jq's own tests call this one.
    const string OpenName = "_strindices";

    /// <summary>How closely an operator binds, whether its right side may hold it again, and whether neither may.</summary>
    public static readonly Dictionary<string, (int Level, bool Right, bool Alone)> Operators = new(StringComparer.Ordinal)
    {
        ["//"]  = (1, true, false),
        ["="]   = (2, false, true), ["|="] = (2, false, true), ["+="] = (2, false, true), ["-="]  = (2, false, true),
        ["*="]  = (2, false, true), ["/="] = (2, false, true), ["%="] = (2, false, true), ["//="] = (2, false, true),
        ["or"]  = (3, false, false),
        ["and"] = (4, false, false),
        ["=="]  = (5, false, true), ["!="] = (5, false, true), ["<"] = (5, false, true), ["<="] = (5, false, true), [">"] = (5, false, true), [">="] = (5, false, true),
        ["+"]   = (6, false, false), ["-"] = (6, false, false),
        ["*"]   = (7, false, false), ["/"] = (7, false, false), ["%"] = (7, false, false),
    };

    readonly Lexer lexer;
    readonly string text;
    readonly bool isLibrary;
    Token current;
    int depth;

    Parser(string text, bool isLibrary = false)
    {
        (this.text, this.isLibrary) = (text, isLibrary);
        lexer = new Lexer(text);
        current = lexer.Next();
    }

    /// <summary>The program, or null with a problem added.</summary>
    public static Node? Parse(string text, JqProblems problems)
    {
        try
        {
            var parser = new Parser(text);
            if (parser.current.Kind == TokenKind.End) return new IdentityNode(0);
            var program = parser.Query();
            parser.Expect(TokenKind.End, "an operator or the end");
            return program;
        }
        catch (JqSyntaxException wrong)
        {
            problems.Add(wrong.At, wrong.Message, wrong.Rule);
            return null;
        }
    }

    /// <summary>The definitions of a library: nothing else may stand in it. A name that begins with '_' is its own: it becomes one no author can write.</summary>
    public static ImmutableArray<Definition> ParseLibrary(string text)
    {
        var parser = new Parser(text, isLibrary: true);
        var definitions = ImmutableArray.CreateBuilder<Definition>();
        while (parser.current.Kind != TokenKind.End) definitions.Add(parser.Definition());
        return definitions.ToImmutable();
    }

    Node Query()
    {
        Enter();
        var parts = new List<Node>();
        var separators = new List<bool>();
        while (true)
        {
            var (part, whole) = QueryPart();
            parts.Add(part);
            // What stands before a binder's body reaches to the end of the query.
            if (whole || !(current.Is("|") || current.Is(","))) break;
            separators.Add(current.Is("|"));
            Advance();
        }

        depth--;
        return Join(parts, separators);
    }

    // ',' binds closer than '|'; both are folded here so that a long chain is no deep recursion.
    static Node Join(List<Node> parts, List<bool> pipes)
    {
        var stages = new List<Node> { parts[0] };
        for (var i = 1; i < parts.Count; i++)
        {
            if (pipes[i - 1]) stages.Add(parts[i]);
            else stages[^1] = new CommaNode(stages[^1].At, stages[^1], parts[i]);
        }

        var joined = stages[^1];
        for (var i = stages.Count - 2; i >= 0; i--) joined = new PipeNode(stages[i].At, stages[i], joined);
        return joined;
    }

    (Node Part, bool Whole) QueryPart()
    {
        var at = current.At;
        if (current.Kind == TokenKind.Keyword && Restrictions.RefusedKeywords.Contains(current.Text))
            throw new JqSyntaxException(at, Errors.NoModules(current.Text), "jq-refused");
        if (current.Is("def"))
        {
            var definition = Definition();
            return (new DefinitionNode(at, definition, Query()), true);
        }

        if (Accept("label"))
        {
            var name = Expect(TokenKind.Variable, "a label such as $out");
            Expect("|");
            return (new LabelNode(at, name, Query()), true);
        }

        var expression = Expression(1);
        if (!Accept("as")) return (expression, false);
        var patterns = Patterns();
        Expect("|");
        return (new AsNode(at, expression, patterns, Query()), true);
    }

    Definition Definition()
    {
        var at = current.At;
        Expect("def");
        var name = current.Kind == TokenKind.Keyword ? current.Text : null;
        if (name is null) name = Expect(TokenKind.Name, "the function's name");
        else throw new JqSyntaxException(current.At, Errors.Unexpected(current, "the function's name"));
        var parameters = ImmutableArray.CreateBuilder<string>();
        if (Accept("("))
        {
            do parameters.Add(current.Kind == TokenKind.Variable ? "$" + Expect(TokenKind.Variable, "") : Expect(TokenKind.Name, "a parameter"));
            while (Accept(";"));
            Expect(")");
        }

        Expect(":");
        var body = Query();
        Expect(";");
        return new Definition(at, Own(name), parameters.ToImmutable(), body);
    }

    string Own(string name) => isLibrary && name[0] == '_' && name != OpenName ? $"*{name[1..]}" : name;

    Node Expression(int level)
    {
        Enter();
        var left = Postfix();
        while (current.Kind is TokenKind.Operator or TokenKind.Keyword && Operators.TryGetValue(current.Text, out var rule) && rule.Level >= level)
        {
            var token = current;
            Advance();
            var right = Expression(rule.Right ? rule.Level : rule.Level + 1);
            left = Combine(token, left, right);
            if (rule.Alone && Operators.TryGetValue(current.Text, out var next) && next.Level == rule.Level && current.Kind == TokenKind.Operator)
                throw new JqSyntaxException(current.At, Errors.Unexpected(current, "'and', '|' or parentheses"));
        }

        depth--;
        return left;
    }

    static Node Combine(Token token, Node left, Node right) => token.Text switch
    {
        "//"  => new AlternativeNode(token.At, left, right),
        "and" or "or" => new LogicNode(token.At, token.Text, left, right),
        "=" or "|=" or "+=" or "-=" or "*=" or "/=" or "%=" or "//=" => new UpdateNode(token.At, token.Text, left, right),
        _     => new BinaryNode(token.At, token.Text, left, right),
    };

    void Enter()
    {
        if (++depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new JqSyntaxException(current.At, Errors.TooNested);
    }

    void Advance() => current = lexer.Next();

    bool Accept(string symbol)
    {
        if (!current.Is(symbol)) return false;
        Advance();
        return true;
    }

    void Expect(string symbol)
    {
        if (!Accept(symbol)) throw new JqSyntaxException(current.At, Errors.Unexpected(current, $"'{symbol}'"));
    }

    string Expect(TokenKind kind, string wanted)
    {
        if (current.Kind != kind) throw new JqSyntaxException(current.At, Errors.Unexpected(current, wanted));
        var found = current.Text;
        if (kind != TokenKind.End) Advance();
        return found;
    }

    int LineOf(int offset) => text.AsSpan(0, offset).Count('\n') + 1;
}
