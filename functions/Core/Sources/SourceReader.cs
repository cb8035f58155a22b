using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Core.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Interop.Core.Sources;

/// <summary>Reads a definition's text (YAML 1.2; JSON is a part of it) into <see cref="SourceNode"/>s.</summary>
public static partial class SourceReader
{
    const int MaxCharacters = 4 << 20;
    const int MaxDepth = 100;
    const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads one document.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="file">The name that problems show.</param>
    /// <returns>The root, or problems: <c>syntax</c>, <c>duplicate-name</c>, <c>alias</c> (anchors and aliases are refused: they allow bombs and hide places), <c>tag</c>.</returns>
    public static Outcome<SourceNode> Read(string text, string file)
    {
        if (text.Length > MaxCharacters) return new Problem("too-large", $"{file} has {text.Length} characters; a definition has at most {MaxCharacters}.");
        var problems = new ProblemList();
        text = text.TrimStart(ByteOrderMark);
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _)) return new Problem("syntax", "The file is empty.", Place: new Place(file, 1, 1));
            var root = Node(parser, file, problems, MaxDepth);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
                problems.Add(At(second, file), "syntax", "A second document begins here. Write one definition a file.");
            return problems.Or(() => root);
        }
        catch (YamlException wrong)
        {
            return problems.ToImmutable().Add(new SyntaxProblems(text, file).Of(wrong, Known(wrong.Start, parser.Current?.End)));
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            // The parser turns an escaped surrogate pair into a character without a look at its second half, and stumbles over a value in a list that is not closed.
            return problems.ToImmutable().Add(new SyntaxProblems(text, file).Of(wrong, parser.Current is { } last ? At(last.End, file) : new Place(file, 1, 1)));
        }
    }

    static SourceNode Node(Parser parser, string file, ProblemList problems, int depthLeft)
    {
        if (parser.Current is ParsingEvent current && depthLeft == 0) throw new YamlException(current.Start, current.End, $"nested deeper than {MaxDepth}");
        if (parser.Current is NodeEvent node) RefuseProperties(node, file, problems);

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            problems.Add(At(alias, file), "alias", "Aliases are not read here. Write the value where it is used.");
            return new SourceScalar(At(alias, file), "", JsonValue.Null);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
            return new SourceScalar(At(scalar, file), scalar.Value, scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value) : JsonValue.Of(scalar.Value));

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = ImmutableArray.CreateBuilder<SourceNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, file, problems, depthLeft - 1));
            return new SourceList(At(sequence, file), items.ToImmutable());
        }

        var start = parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<SourceEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a name must be a plain text");
            RefuseProperties(key, file, problems);
            if (!names.Add(key.Value)) problems.Add(At(key, file), "duplicate-name", $"The name \"{key.Value}\" stands twice in one mapping. Keep one.", value: key.Value);
            entries.Add(new SourceEntry(key.Value, At(key, file), Node(parser, file, problems, depthLeft - 1)));
        }

        return new SourceMap(At(start, file), entries.ToImmutable());
    }

    static void RefuseProperties(NodeEvent node, string file, ProblemList problems)
    {
        if (!node.Anchor.IsEmpty) problems.Add(At(node, file), "alias", "Anchors are not read here. Write the value where it is used.");
        if (!node.Tag.IsEmpty) problems.Add(At(node, file), "tag", "Tags are not read here. Quote a text that looks like something else.");
    }

    static Place At(ParsingEvent found, string file) => At(found.Start, file);

    static Place At(Mark mark, string file) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    // Some errors come without a place (a tab as indentation); the end of what was read before is the next best.
    static Mark Known(Mark told, Mark? read) => told.Index == 0 && read is { } end ? end : told;

    // YAML 1.2 core schema, section 10.3.2; infinities and NaN are left as text, because JSON has none.
    static JsonValue Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JsonValue.Null,
        "true" or "True" or "TRUE" => JsonValue.True,
        "false" or "False" or "FALSE" => JsonValue.False,
        _ when text[0] is not ((>= '0' and <= '9') or '-' or '+' or '.') => JsonValue.Of(text),
        _ when Number().IsMatch(text) => JsonValue.OfNumber(text),
        _ when Integer().IsMatch(text) || Decimal().IsMatch(text) => JsonValue.Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ => JsonValue.Of(text),
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Decimal();
}
