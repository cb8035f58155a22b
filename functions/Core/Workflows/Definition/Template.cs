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
    public override Outcome<JsonValue> Evaluate(JsonValue input, Func<string, JsonValue> variable) =>
        JsonValue.Of(Name().Replace(Text, name => Uri.EscapeDataString(Plain(input[name.Groups[1].Value]))));

    static string Plain(JsonValue value) => value.IsNull ? "" : value.StringOrNull ?? value.ToString();

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_.]*)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
