using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Workflows.Loading;

/// <summary>Tasks that are read and checked like any other, and that no host of ours performs: their arguments as tables.</summary>
static class ForeignTasks
{
    static readonly string[] Protocols = ["amqp", "amqp1", "anypointmq", "googlepubsub", "http", "ibmmq", "jms", "kafka", "mercure", "mqtt", "mqtt5", "nats", "pulsar", "redis", "sns", "solace", "sqs", "stomp", "ws"];

    static readonly string[] AgentMethods =
    [
        "message/send", "message/stream", "tasks/get", "tasks/list", "tasks/cancel", "tasks/resubscribe", "tasks/pushNotificationConfig/set", "tasks/pushNotificationConfig/get",
        "tasks/pushNotificationConfig/list", "tasks/pushNotificationConfig/delete", "agent/getAuthenticatedExtendedCard",
    ];

    static readonly string[] ContextMethods = ["tools/list", "tools/call", "prompts/list", "prompts/get", "resources/list", "resources/read", "resources/templates/list"];

    static readonly (string Name, Shape Shape)[] Process =
        [("stdin", Shapes.Text), ("arguments", Shapes.ListOf(Shapes.Text)), ("environment", Shapes.Map)];

    /// <summary>The calls, by the protocol that <c>call</c> names.</summary>
    public static readonly (string Name, Shape With)[] Calls =
    [
        ("asyncapi", Shapes.Of(
            [["channel", "operation"], ["message", "subscription"]],
            ("document!", Shapes.Resource),
            ("channel", Shapes.Text),
            ("operation", Shapes.Text),
            ("server", Shapes.Of(("name!", Shapes.Text), ("variables", Shapes.Map))),
            ("protocol", Shapes.OneOf(Protocols)),
            ("message", Shapes.Of(("payload", Shapes.Anything), ("headers", Shapes.Map))),
            ("subscription", Shapes.Of(("filter", Shapes.Expression), ("consume!", Shapes.Of([["amount", "while", "until"]], ("amount", Shapes.Whole), ("for", Shapes.Duration), ("while", Shapes.Expression), ("until", Shapes.Expression))), ("foreach", Iterator))),
            ("authentication", Shapes.Authentication))),
        ("grpc", Shapes.Of(
            ("proto!", Shapes.Resource),
            ("service!", Shapes.Of(("name!", Shapes.Text), ("host!", Shapes.Text), ("port", Shapes.Whole), ("authentication", Shapes.Authentication))),
            ("method!", Shapes.Text),
            ("arguments", Shapes.Map))),
        ("a2a", Shapes.Of(
            [["agentCard", "server"]],
            ("method!", Shapes.OneOf(AgentMethods)),
            ("agentCard", Shapes.Resource),
            ("server", Shapes.Endpoint),
            ("parameters", Shapes.Map))),
        ("mcp", Shapes.Of(
            ("protocolVersion", Shapes.Text),
            ("method!", Shapes.OneOf(ContextMethods)),
            ("parameters", Shapes.Map),
            ("timeout", Shapes.Duration),
            ("transport!", Shapes.Of(
                [["http", "stdio"]],
                ("http", Shapes.Of(("endpoint!", Shapes.Endpoint), ("headers", Shapes.Map))),
                ("stdio", Shapes.Of(("command!", Shapes.Text), ("arguments", Shapes.ListOf(Shapes.Text)), ("environment", Shapes.Map))),
                ("options", Shapes.Map))),
            ("client", Shapes.Of(("name!", Shapes.Text), ("version!", Shapes.Text))))),
    ];

    /// <summary>What <c>run</c> may name beside a workflow, and what to call it in a sentence.</summary>
    public static readonly (string Name, string What, Shape Shape)[] Processes =
    [
        ("container", "container", Shapes.Of([
            ("image!", Shapes.Text), ("name", Shapes.Text), ("command", Code), ("ports", Shapes.Map), ("volumes", Shapes.Map),
            ("lifetime", Shapes.Of(("cleanup!", Shapes.OneOf("always", "never", "eventually")), ("after", Shapes.Duration))),
            ("pullPolicy", Shapes.OneOf("ifNotPresent", "always", "never")), .. Process])),
        ("script", "script", Shapes.Of([["code", "source"]], [("language!", Shapes.Text), ("code", Code), ("source", Shapes.Resource), .. Process])),
        ("shell", "shell command", Shapes.Of([("command!", Code), .. Process])),
    ];

    // Code of another language may hold ${ } of its own.
    static void Code(LoadContext context, string name, SourceNode node, ImmutableArray<string> names)
    {
        if (node is not SourceScalar) context.Problems.WrongKind(node, name, "a text");
    }

    static void Iterator(LoadContext context, string name, SourceNode node, ImmutableArray<string> names) =>
        new TaskReader(context).Foreach(SourceFields.Of(node, context.Problems), "", names);
}
