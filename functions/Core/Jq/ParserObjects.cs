using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Object construction and patterns.</summary>
sealed partial class Parser
{
    Node Object(int at)
    {
        var members = ImmutableArray.CreateBuilder<(Node Key, Node Value)>();
        if (Accept("}")) return new LiteralNode(at, JsonValue.EmptyObject);
        do
        {
            if (current.Is("}")) break;
            members.Add(Member());
        }
        while (Accept(","));
        Expect("}");
        return new ObjectNode(at, members.ToImmutable());
    }

    (Node Key, Node Value) Member()
    {
        var token = current;
        switch (token.Kind)
        {
            case TokenKind.Variable:
                Advance();
                Node variable = token.Text == "__loc__" ? Location(token.At) : new VariableNode(token.At, token.Text);
                return Accept(":") ? (variable, MemberValue()) : (new LiteralNode(token.At, token.Text), variable);
            case TokenKind.Name or TokenKind.Keyword:
                Advance();
                return MemberOf(new LiteralNode(token.At, token.Text));
            case TokenKind.StringStart:
                return MemberOf(Text(null));
            case TokenKind.Format:
                Advance();
                return MemberOf(current.Kind == TokenKind.StringStart ? Text(token.Text) : new FormatNode(token.At, token.Text));
            case TokenKind.Operator when Accept("("):
                var key = Query();
                Expect(")");
                CheckKey(key);
                Expect(":");
                return (key, MemberValue());
            default:
                throw new JqSyntaxException(token.At, token.Kind == TokenKind.Number ? Errors.KeyNeedsParentheses : Errors.Unexpected(token, "an object's key"));
        }
    }

    (Node Key, Node Value) MemberOf(Node key) =>
        Accept(":") ? (key, MemberValue()) : (key, new IndexNode(key.At, new IdentityNode(key.At), key, false));

    Node MemberValue()
    {
        var parts = new List<Node> { Expression(1) };
        while (Accept("|")) parts.Add(Expression(1));
        return Join(parts, [.. parts.Skip(1).Select(_ => true)]);
    }

    static void CheckKey(Node key)
    {
        if (key is LiteralNode { Value: { Kind: not JsonKind.String } value }) throw new JqSyntaxException(key.At, Errors.ConstantKey(value));
    }

    ImmutableArray<Pattern> Patterns()
    {
        var patterns = ImmutableArray.CreateBuilder<Pattern>();
        do patterns.Add(Pattern());
        while (Accept("?//"));
        return patterns.ToImmutable();
    }

    Pattern Pattern()
    {
        Enter();
        var at = current.At;
        Pattern pattern;
        if (current.Kind == TokenKind.Variable) pattern = new VariablePattern(at, Expect(TokenKind.Variable, ""));
        else if (Accept("[")) pattern = new ArrayPattern(at, Separated("]", Pattern));
        else if (Accept("{")) pattern = new ObjectPattern(at, Separated("}", MemberPattern));
        else throw new JqSyntaxException(at, Errors.Unexpected(current, "a variable, '[' or '{'"));
        depth--;
        return pattern;
    }

    ImmutableArray<T> Separated<T>(string close, Func<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        do items.Add(read());
        while (Accept(","));
        Expect(close);
        return items.ToImmutable();
    }

    MemberPattern MemberPattern()
    {
        var token = current;
        if (token.Kind == TokenKind.Variable)
        {
            Advance();
            return new MemberPattern(new LiteralNode(token.At, token.Text), token.Text, Accept(":") ? Pattern() : null);
        }

        Node key;
        if (token.Kind is TokenKind.Name or TokenKind.Keyword)
        {
            Advance();
            key = new LiteralNode(token.At, token.Text);
        }
        else if (token.Kind == TokenKind.StringStart) key = Text(null);
        else
        {
            Expect("(");
            key = Query();
            Expect(")");
            CheckKey(key);
        }

        Expect(":");
        return new MemberPattern(key, null, Pattern());
    }
}
