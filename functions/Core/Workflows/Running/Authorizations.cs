using System.Text;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary><c>$authorization</c>: how the task's call proves who it is. The parameter is given only where the run's own data makes it; secrets and tokens stay with the host.</summary>
static class Authorizations
{
    static readonly (string Member, string Scheme)[] Schemes =
        [("basic", "Basic"), ("bearer", "Bearer"), ("digest", "Digest"), ("oauth2", "Bearer"), ("oidc", "Bearer"), ("certificate", "Certificate")];

    public static JsonValue Describe(Turn turn, View view, Scope scope)
    {
        if (view.Task is not RemoteTask { Authentication: { } policy }) return JsonValue.EmptyObject;
        var variables = turn.Variables(view, scope.With("authorization", JsonValue.EmptyObject));
        var evaluated = policy.Evaluate(view.Input, variables);
        if (!evaluated.Succeeded) return JsonValue.EmptyObject;
        var (member, scheme) = Array.Find(Schemes, pair => evaluated.Value.TryGet(pair.Member, out _));
        var described = JsonValue.Of(("scheme", scheme));
        return Parameter(member, evaluated.Value[member]) is { } parameter ? described.With("parameter", parameter) : described;
    }

    static string? Parameter(string scheme, JsonValue policy) => scheme switch
    {
        "basic" when policy["username"].StringOrNull is { } user && policy["password"].StringOrNull is { } password => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")),
        "bearer" => policy["token"].StringOrNull,
        _ => null,
    };
}
