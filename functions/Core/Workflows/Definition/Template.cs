using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Core.Workflows.Definition;

/// <summary>A value of the definition in which strings of the form <c>${ … }</c> are expressions.</summary>
abstract record Template
{
    public abstract Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable);
}

/// <summary>A value without expressions.</summary>
sealed record Literal(JsonValue Value) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable) => Value;
}

/// <summary>One expression.</summary>
sealed record Computed(Expression Expression) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable) => Expression.Evaluate(input, variable);
}

/// <summary>A text that may be an expression (<c>evaluate.mode: loose</c>); if it fails, the text itself is the value.</summary>
sealed record Loose(Expression Expression, string Text) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable) =>
        Expression.Evaluate(input, variable) is { Succeeded: true } outcome ? outcome : JsonValue.Of(Text);
}

/// <summary>A place for a secret, which the run never learns: the host fills it in when it performs the call.</summary>
sealed record SecretPlace(ImmutableArray<string> Path) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable) => JsonValue.Null;

    /// <summary>The secrets of a template: each with the JSON Pointer of where it goes.</summary>
    public static IEnumerable<(string Pointer, ImmutableArray<string> Path)> In(Template template, string pointer = "") => template switch
    {
        SecretPlace secret => [(pointer, secret.Path)],
        ArrayTemplate array => array.Items.SelectMany((item, at) => In(item, $"{pointer}/{at}")),
        ObjectTemplate map => map.Members.SelectMany(member => In(member.Value, $"{pointer}/{JsonPointer.Escape(member.Key)}")),
        _ => [],
    };
}

/// <summary>An array with an expression somewhere in it.</summary>
sealed record ArrayTemplate(ImmutableArray<Template> Items) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable)
    {
        var values = new JsonValue[Items.Length];
        for (var at = 0; at < values.Length; at++)
        {
            var value = Items[at].Evaluate(input, variable);
            if (!value.Succeeded) return value;
            values[at] = value.Value;
        }

        return JsonValue.Of(values);
    }
}

/// <summary>An object with an expression somewhere in it.</summary>
sealed record ObjectTemplate(ImmutableArray<KeyValuePair<string, Template>> Members) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable)
    {
        var members = new List<KeyValuePair<string, JsonValue>>(Members.Length);
        foreach (var (name, template) in Members)
        {
            var value = template.Evaluate(input, variable);
            if (!value.Succeeded) return value;
            members.Add(KeyValuePair.Create(name, value.Value));
        }

        return JsonValue.Of(members);
    }
}

/// <summary>A URI in which <c>{name}</c> stands for a member of the task's input.</summary>
sealed partial record UriTemplate(string Text) : Template
{
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable)
    {
        // A dot segment would lead to another path of the same host.
        foreach (Match name in Name().Matches(Text))
        {
            if (input[name.Groups[1].Value].Kind is JsonKind.Array or JsonKind.Object)
                return new Problem("uri-template", $"{name.Value} in an address must stand for a text, a number or a boolean, but the input has an array or object there.");
            if (input[name.Groups[1].Value].StringOrNull is "." or "..") return new Problem("uri-template", $"{name.Value} in an address cannot stand for dots only.");
        }

        return JsonValue.Of(Name().Replace(Text, name => Uri.EscapeDataString(Plain(input[name.Groups[1].Value]))));
    }

    static string Plain(JsonValue value) => value.IsNull ? "" : value.StringOrNull ?? value.ToString();

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_.]*)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
