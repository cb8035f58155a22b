using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Workflows.Loading;

/// <summary>Checks one argument of a task and reports what is wrong.</summary>
delegate void Shape(LoadContext context, string name, SourceNode node, ImmutableArray<string> names);

/// <summary>What arguments may look like, to be put together in tables.</summary>
static class Shapes
{
    public static Shape Anything { get; } = (context, _, node, names) => context.Template(node, names);

    /// <summary>A text, or an expression that gives one.</summary>
    public static Shape Text { get; } = (context, name, node, names) =>
    {
        if (node is SourceScalar { Value.Kind: not JsonKind.Null } scalar) context.Template(scalar, names);
        else context.Problems.WrongKind(node, name, "a text");
    };

    public static Shape Whole { get; } = (context, name, node, names) =>
    {
        if (node is SourceScalar scalar && LoadContext.IsWrapped(scalar)) context.Template(scalar, names);
        else if (node is not SourceScalar { Value.Kind: JsonKind.Number } number || number.Value.AsNumber() != Math.Truncate(number.Value.AsNumber())) context.Problems.WrongKind(node, name, "a whole number");
    };

    public static Shape Flag { get; } = (context, name, node, _) =>
    {
        if (node is not SourceScalar { Value.Kind: JsonKind.Boolean }) context.Problems.WrongKind(node, name, "true or false");
    };

    /// <summary>A mapping of any names, or an expression that gives one.</summary>
    public static Shape Map { get; } = (context, name, node, names) =>
    {
        if (node is SourceMap || (node is SourceScalar scalar && LoadContext.IsWrapped(scalar))) context.Template(node, names);
        else context.Problems.WrongKind(node, name, "a mapping");
    };

    public static Shape Expression { get; } = (context, name, node, names) => context.Bare(node, names, $"\"{name}\"");

    public static Shape Duration { get; } = (context, _, node, names) => context.Delay(node, names);

    public static Shape Authentication { get; } = (context, _, node, names) => AuthenticationReader.Read(context, node, names);

    /// <summary>An address, or a mapping of <c>uri</c> and <c>authentication</c>.</summary>
    public static Shape Endpoint { get; } = (context, name, node, names) =>
    {
        if (node is SourceMap) Of(("uri!", Text), ("authentication", Authentication))(context, name, node, names);
        else Text(context, name, node, names);
    };

    /// <summary>An external resource.</summary>
    public static Shape Resource { get; } = Of(("name", Text), ("endpoint!", Endpoint));

    public static Shape OneOf(params string[] allowed) => (context, name, node, names) =>
    {
        Text(context, name, node, names);
        if (node is not SourceScalar scalar || LoadContext.IsWrapped(scalar) || allowed.Contains(scalar.Text, StringComparer.Ordinal)) return;
        var meant = Spelling.Nearest(scalar.Text, allowed);
        context.Problems.Add(node.Place, "unknown-value", $"\"{name}\" must be one of {string.Join(", ", allowed)}.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}", value: scalar.Text);
    };

    public static Shape ListOf(Shape item) => (context, name, node, names) =>
    {
        if (node is SourceList list) foreach (var one in list.Items) item(context, name, one, names);
        else context.Problems.WrongKind(node, name, "a list");
    };

    /// <summary>A mapping of these fields and no others. Of each group, exactly one must be there.</summary>
    public static Shape Of(params (string Name, Shape Shape)[] fields) => Of([], fields);

    public static Shape Of(string[][] exactlyOne, params (string Name, Shape Shape)[] fields) => (context, name, node, names) =>
    {
        var given = SourceFields.Of(node, context.Problems);
        foreach (var (field, shape) in fields)
        {
            var plain = field.TrimEnd('!');
            var value = field.Length > plain.Length ? given.Required(plain) : given.Optional(plain);
            if (value is not null) shape(context, plain, value, names);
        }

        given.RefuseOthers();
        foreach (var group in exactlyOne)
            if (node is SourceMap && group.Count(one => given.Optional(one) is not null) != 1) context.Problems.ExactlyOne(given.Place, $"\"{name}\"", group);
    };
}
