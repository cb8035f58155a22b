using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Terms with their suffixes.</summary>
sealed partial class Parser
{
    Node Postfix()
    {
        Enter();
        var term = Suffixes(Term());
        depth--;
        return term;
    }

    Node Suffixes(Node term)
    {
        while (true)
        {
            var at = current.At;
            if (current.Kind == TokenKind.Field)
            {
                var name = new LiteralNode(at, Expect(TokenKind.Field, ""));
                term = new IndexNode(at, term, name, Accept("?"));
            }
            else if (Accept("["))
            {
                term = Bracket(at, term);
            }
            else if (Accept("."))
            {
                if (current.Kind == TokenKind.StringStart)
                {
                    var name = Text(null);
                    term = new IndexNode(at, term, name, Accept("?"));
                }
                else if (Accept("[")) term = Bracket(at, term);
                else throw new JqSyntaxException(at, Errors.Unexpected(current, "a field's name"));
            }
            else if (Accept("?"))
            {
                term = new TryNode(at, term, null);
            }
            else if (current.Is("?//"))
            {
                // Outside a pattern these are two operators: '.a?//1'.
                term = new TryNode(at, term, null);
                current = new Token(TokenKind.Operator, "//", at + 1);
            }
            else
            {
                return term;
            }
        }
    }

    Node Bracket(int at, Node target)
    {
        if (Accept("]")) return new IterateNode(at, target, Accept("?"));
        Node? from = null, to = null;
        if (Accept(":")) to = Query();
        else
        {
            from = Query();
            if (Accept("]")) return new IndexNode(at, target, from, Accept("?"));
            Expect(":");
            if (!current.Is("]")) to = Query();
        }

        Expect("]");
        return new SliceNode(at, target, from, to, Accept("?"));
    }

    Node Term()
    {
        var token = current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new LiteralNode(token.At, Numbers.Literal(token.Text));
            case TokenKind.StringStart:
                return Text(null);
            case TokenKind.Format:
                Advance();
                if (!Formats.IsKnown(token.Text)) throw new JqSyntaxException(token.At, Errors.UnknownFormat(token.Text));
                return current.Kind == TokenKind.StringStart ? Text(token.Text) : new FormatNode(token.At, token.Text);
            case TokenKind.Field:
                Advance();
                return new IndexNode(token.At, new IdentityNode(token.At), new LiteralNode(token.At, token.Text), Accept("?"));
            case TokenKind.Variable:
                Advance();
                return token.Text == "__loc__" ? Location(token.At) : new VariableNode(token.At, token.Text);
            case TokenKind.Name:
                Advance();
                return Call(token);
            case TokenKind.Keyword:
                return KeywordTerm(token);
            case TokenKind.Operator:
                return OperatorTerm(token);
            default:
                throw new JqSyntaxException(token.At, Errors.Unexpected(token, "a value"));
        }
    }

    Node Call(Token name)
    {
        if (!Accept("("))
        {
            return name.Text switch
            {
                "null"  => new LiteralNode(name.At, JsonValue.Null),
                "true"  => new LiteralNode(name.At, true),
                "false" => new LiteralNode(name.At, false),
                _       => new CallNode(name.At, Own(name.Text), []),
            };
        }

        var arguments = ImmutableArray.CreateBuilder<Node>();
        do arguments.Add(Query());
        while (Accept(";"));
        Expect(")");
        return new CallNode(name.At, Own(name.Text), arguments.ToImmutable());
    }

    Node KeywordTerm(Token token)
    {
        Advance();
        switch (token.Text)
        {
            case "if":
                return If(token.At);
            case "try":
                var body = Postfix();
                return new TryNode(token.At, body, Accept("catch") ? Postfix() : null);
            case "reduce":
            {
                var (source, patterns) = Source();
                var initial = Query();
                Expect(";");
                var update = Query();
                Expect(")");
                return new ReduceNode(token.At, source, patterns, initial, update);
            }

            case "foreach":
            {
                var (source, patterns) = Source();
                var initial = Query();
                Expect(";");
                var update = Query();
                var extract = Accept(";") ? Query() : null;
                Expect(")");
                return new ForeachNode(token.At, source, patterns, initial, update, extract);
            }

            case "break":
                if (current.Kind != TokenKind.Variable) throw new JqSyntaxException(token.At, Errors.BreakNeedsLabel);
                return new BreakNode(token.At, Expect(TokenKind.Variable, ""));
            default:
                throw new JqSyntaxException(token.At, Errors.Unexpected(token, "a value"));
        }
    }

    (Node Source, ImmutableArray<Pattern> Patterns) Source()
    {
        var source = Expression(1);
        Expect("as");
        var patterns = Patterns();
        Expect("(");
        return (source, patterns);
    }

    IfNode If(int at)
    {
        var condition = Query();
        Expect("then");
        var then = Query();
        var elseAt = current.At;
        if (Accept("elif")) return new IfNode(at, condition, then, If(elseAt));
        Node otherwise = Accept("else") ? Query() : new IdentityNode(elseAt);
        Expect("end");
        return new IfNode(at, condition, then, otherwise);
    }

    Node OperatorTerm(Token token)
    {
        Advance();
        switch (token.Text)
        {
            case ".":
                if (current.Kind == TokenKind.StringStart)
                {
                    var name = Text(null);
                    return new IndexNode(token.At, new IdentityNode(token.At), name, Accept("?"));
                }

                return new IdentityNode(token.At);
            case "..":
                return new CallNode(token.At, "recurse", []);
            case "-":
                return new NegateNode(token.At, Postfix());
            case "(":
                var inner = Query();
                Expect(")");
                return inner;
            case "[":
                if (Accept("]")) return new LiteralNode(token.At, JsonValue.EmptyArray);
                var items = Query();
                Expect("]");
                return new ArrayNode(token.At, items);
            case "{":
                return Object(token.At);
            default:
                throw new JqSyntaxException(token.At, Errors.Unexpected(token, "a value"));
        }
    }

    Node Text(string? format)
    {
        var at = current.At;
        var parts = ImmutableArray.CreateBuilder<Node>();
        while (true)
        {
            var partAt = current.At;
            var part = lexer.StringPart(out var ended);
            if (part.Length > 0) parts.Add(new LiteralNode(partAt, part));
            if (ended) break;
            Advance();
            var inner = Query();
            parts.Add(new PipeNode(partAt, inner, new FormatNode(partAt, format ?? "text")));
            if (!current.Is(")")) throw new JqSyntaxException(current.At, Errors.Unexpected(current, "')'"));
        }

        Advance();
        if (parts.Count == 0) return new LiteralNode(at, "");
        return parts is [LiteralNode only] ? only : new TextNode(at, parts.ToImmutable());
    }

    ObjectNode Location(int at) =>
        new(at, [(new LiteralNode(at, "file"), new LiteralNode(at, "<top-level>")), (new LiteralNode(at, "line"), new LiteralNode(at, LineOf(at)))]);
}
