using Interop.Core.Json;

namespace Interop.Core.Workflows;

/// <summary>An error a task can raise and a try can catch, in the DSL's shape (RFC 9457 members).</summary>
/// <param name="Type">A URI that names the kind; see the constants for the standard ones.</param>
/// <param name="Status">As an HTTP status.</param>
/// <param name="Title">A short summary.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Instance">The JSON Pointer of the task; empty lets the machine fill it in.</param>
public sealed record WorkflowError(string Type, int Status, string Title, string? Detail = null, string Instance = "")
{
    /// <summary>The prefix of the standard types.</summary>
    public const string Standard = "https://serverlessworkflow.io/spec/1.0.0/errors/";

    /// <summary>A call to another system failed; the status is the HTTP status.</summary>
    public const string Communication = Standard + "communication";

    /// <summary>A runtime expression failed.</summary>
    public const string Expression = Standard + "expression";

    /// <summary>A task took longer than it may.</summary>
    public const string Timeout = Standard + "timeout";

    /// <summary>The engine met a limit.</summary>
    public const string Runtime = Standard + "runtime";

    /// <summary>Data does not fit.</summary>
    public const string Validation = Standard + "validation";

    /// <summary>A value of the definition, known only at run time, is wrong.</summary>
    public const string Configuration = Standard + "configuration";

    /// <summary>The caller is not known there.</summary>
    public const string Authentication = Standard + "authentication";

    /// <summary>The caller may not do that: also a sharing agreement that refuses.</summary>
    public const string Authorization = Standard + "authorization";

    // What earlier texts of the specification, and its own conformance features, call the standard types.
    static readonly string[] OlderPrefixes =
    [
        "https://serverlessworkflow.io/dsl/errors/types/",
        "https://serverlessworkflow.io.io/dsl/errors/types/",
        "https://https://serverlessworkflow.io/spec/1.0.0/errors/",
    ];

    /// <summary>The name by which a type is known here: a standard type under an older name is the same type.</summary>
    public static string Canonical(string type) =>
        Array.Find(OlderPrefixes, prefix => type.StartsWith(prefix, StringComparison.Ordinal)) is { } older ? string.Concat(Standard, type.AsSpan(older.Length)) : type;

    /// <summary>The error as expressions see it: members type, status, title, detail, instance.</summary>
    public JsonValue ToJson()
    {
        var json = JsonValue.Of(("type", Type), ("status", Status), ("title", Title));
        if (Detail is not null) json = json.With("detail", Detail);
        return json.With("instance", Instance);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static WorkflowError FromJson(JsonValue json) => new(
        json["type"].StringOrNull ?? Runtime,
        json["status"].Kind == JsonKind.Number ? (int)Math.Clamp(json["status"].AsNumber(), 0, 999) : 500,
        json["title"].StringOrNull ?? "",
        json["detail"].StringOrNull,
        json["instance"].StringOrNull ?? "");
}
