using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Workflows.Loading;

/// <summary>Checks values that stand in the definition itself and have a form of their own: methods, addresses, the type and status of an error. What an expression gives is checked when it is used.</summary>
static partial class Literals
{
    const int LeastStatus = 100;
    const int MostStatus = 599;

    static readonly string[] Methods = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

    public static void Method(LoadContext context, SourceNode? node)
    {
        if (node is null || IsComputed(context, node)) return;
        if (node is not SourceScalar { Value.Kind: JsonKind.String } method)
        {
            context.Problems.WrongKind(node, "method", "a text, such as GET");
            return;
        }

        if (Methods.Contains(method.Text, StringComparer.OrdinalIgnoreCase)) return;
        var meant = Spelling.Nearest(method.Text.ToUpperInvariant(), Methods);
        context.Problems.Add(method.Place, "unknown-value", $"\"{Problem.Preview(method.Text)}\" is no HTTP method. {(meant is null ? $"Write one of: {string.Join(", ", Methods)}." : $"Did you mean \"{meant}\"?")}", value: method.Text);
    }

    /// <summary>An address that is written down: a URI, or a template of one.</summary>
    public static void Address(LoadContext context, SourceScalar address)
    {
        if (address.Value.Kind != JsonKind.String) context.Problems.WrongKind(address, "endpoint", "an address, such as https://example.org/pets/{petId}");
        else if (Braces().Replace(address.Text, "1") is var filled && filled.AsSpan().ContainsAny('{', '}'))
            context.Problems.WrongFormat(address.Place, "endpoint", address.Text, "has a brace that stands alone, or holds no name. Write a variable of the address as {name}, and a brace that is meant itself as %7B or %7D");
        else if (!WithAuthority().IsMatch(filled) || !Uri.TryCreate(filled, UriKind.Absolute, out _))
            context.Problems.WrongFormat(address.Place, "endpoint", address.Text, "must be an absolute address, such as https://example.org/pets/{petId}, or an expression ${ … }");
    }

    /// <summary>The type of an error: a URI, which need not lead anywhere.</summary>
    public static void ErrorType(LoadContext context, SourceNode? node)
    {
        if (node is null || IsComputed(context, node)) return;
        if (node is not SourceScalar { Value.Kind: JsonKind.String } type) context.Problems.WrongKind(node, "type", "a URI, such as https://example.org/errors/not-found");
        else if (!WithScheme().IsMatch(type.Text) || !Uri.TryCreate(type.Text, UriKind.Absolute, out _))
            context.Problems.WrongFormat(type.Place, "type", type.Text, "must be a URI, such as https://example.org/errors/not-found");
    }

    public static void Status(LoadContext context, SourceNode? node)
    {
        if (node is null || IsComputed(context, node)) return;
        if (node is not SourceScalar { Value.Kind: JsonKind.Number } status)
            context.Problems.Add(node.Place, "type", "\"status\" must be a number, such as 404.", value: (node as SourceScalar)?.Text);
        else if (status.Value.AsNumber() is var code && (code != Math.Truncate(code) || code is < LeastStatus or > MostStatus))
            context.Problems.Add(status.Place, "range", $"\"status\" must be a whole number from {LeastStatus} to {MostStatus}, such as 404.", value: status.Text);
    }

    // With evaluate.mode: loose every text may be an expression. One that is not closed is told as such, where the value is read.
    static bool IsComputed(LoadContext context, SourceNode node) =>
        node is SourceScalar { Value.Kind: JsonKind.String } scalar && (context.IsLoose || LoadContext.IsWrapped(scalar) || LoadContext.IsOpen(scalar));

    // RFC 6570: names, with an operator before and modifiers behind.
    [GeneratedRegex(@"\{[+#./;?&]?[A-Za-z0-9_%][A-Za-z0-9_.%]*(:[0-9]+|\*)?(,[A-Za-z0-9_%][A-Za-z0-9_.%]*(:[0-9]+|\*)?)*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Braces();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+\-.]*://[^\s]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WithAuthority();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+\-.]*:[^\s]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WithScheme();
}
