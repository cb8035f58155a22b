using System.Collections.Immutable;

namespace Interop.Core.Workflows;

/// <summary>What a host offers to the workflows it loads. What a definition needs beyond it is refused when the definition is published.</summary>
/// <param name="Functions">The functions that <c>call</c> may name, beside those of <c>use.functions</c>.</param>
public sealed record WorkflowHost(ImmutableArray<HostFunction> Functions)
{
    /// <summary>The platform's own: deliver, lookup and map.</summary>
    public static WorkflowHost Platform { get; } = new(
    [
        new HostFunction("deliver", ["to", "message", "record"], ["purpose", "justification", "answers"]),
        new HostFunction("lookup", ["record"], []),
        new HostFunction("map", ["mapping", "record"], ["direction"]),
    ]);

    /// <summary>The platform's functions, and every feature there is: for checking and simulating a definition, not for running it.</summary>
    public static WorkflowHost Everything { get; } = Platform with { Offers = [.. Enum.GetValues<HostFeature>()] };

    /// <summary>What the host performs of what a definition may ask for.</summary>
    public ImmutableHashSet<HostFeature> Offers { get; init; } =
        [HostFeature.RunWorkflow, HostFeature.ScheduleEvery, HostFeature.ScheduleCron, HostFeature.ScheduleAfter, HostFeature.Http, HostFeature.OpenApi, HostFeature.Secrets, HostFeature.BasicAuthentication, HostFeature.BearerAuthentication,
            HostFeature.DigestAuthentication, HostFeature.OAuth2Authentication, HostFeature.OpenIdConnectAuthentication];

    /// <summary>The host's own catalog: the text of each function by <c>name:version</c>, called as <c>name:version@default</c>.</summary>
    public ImmutableDictionary<string, string> Catalog { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A function of the host and the arguments its <c>with</c> takes.</summary>
public sealed record HostFunction(string Name, ImmutableArray<string> Required, ImmutableArray<string> Optional);

/// <summary>What a host may offer or not.</summary>
public enum HostFeature
{
    /// <summary><c>call: http</c></summary>
    Http,

    /// <summary><c>call: openapi</c></summary>
    OpenApi,

    /// <summary><c>run: workflow</c></summary>
    RunWorkflow,

    /// <summary>Runs at a fixed interval.</summary>
    ScheduleEvery,

    /// <summary>Runs at the times of a cron expression.</summary>
    ScheduleCron,

    /// <summary>A run some time after the last one ended.</summary>
    ScheduleAfter,

    /// <summary>Secrets out of the host's store, given to calls and never to runs.</summary>
    Secrets,

    /// <summary>Basic authentication of a call.</summary>
    BasicAuthentication,

    /// <summary>Bearer authentication of a call.</summary>
    BearerAuthentication,

    /// <summary>Digest authentication of a call.</summary>
    DigestAuthentication,

    /// <summary>Client certificates.</summary>
    CertificateAuthentication,

    /// <summary>OAuth 2.0 tokens for a call.</summary>
    OAuth2Authentication,

    /// <summary>OpenID Connect tokens for a call.</summary>
    OpenIdConnectAuthentication,
}
