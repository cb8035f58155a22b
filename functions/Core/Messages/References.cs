using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>The name of one thing in one register, such as (crime, 27CR/1234/26).</summary>
public readonly record struct Reference(string Kind, string Value)
{
    /// <summary>As it stands in a canonical record.</summary>
    public JsonValue ToJson() => JsonValue.Of(("kind", Kind), ("value", Value));

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Value}";
}

/// <summary>The references by which records are known to be about one incident.</summary>
public static class References
{
    /// <summary>The kind of reference that a receipt carries.</summary>
    public const string Notification = "notification";

    /// <summary>The references of a canonical record in their order, none twice; those that lack a kind or a value are passed over.</summary>
    /// <remarks>A receipt has one: the notification it is about.</remarks>
    public static ImmutableArray<Reference> Of(JsonValue record)
    {
        var listed = record["references"] is { Kind: JsonKind.Array } references ? references.Items : [];
        var found = listed.Select(item => (Kind: item["kind"].StringOrNull, Value: item["value"].StringOrNull));
        if (record[Notification].StringOrNull is { } notification) found = found.Append((Notification, notification));
        return [.. found.Where(pair => pair.Kind is { Length: > 0 } && pair.Value is { Length: > 0 }).Select(pair => new Reference(pair.Kind!, pair.Value!)).Distinct()];
    }
}
