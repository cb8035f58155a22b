using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Delivery;
using Interop.Core.Jq;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Platform.Connectors;

/// <summary>How an inbound call of a system is authenticated.</summary>
public enum InboundAuthentication
{
    /// <summary>HMAC-SHA256 over timestamp and body.</summary>
    Hmac,

    /// <summary>The system's key as a bearer token.</summary>
    Bearer,
}

/// <summary>How the platform authenticates itself to a system.</summary>
public enum OutboundAuthentication
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A key as a bearer token.</summary>
    Bearer,

    /// <summary>HMAC-SHA256 over timestamp and body.</summary>
    Hmac,

    /// <summary>A JSON Web Token signed by HS256 for each call: <c>iss</c> and <c>iat</c>, as GOV.UK Notify asks for.</summary>
    JwtHs256,
}

/// <summary>A system of an organisation: how it is reached, how it proves who it is, and which messages it sends and takes. Configuration, not code.</summary>
public sealed record SystemDefinition(
    SystemId Id,
    string Title,
    OrganisationId Organisation,
    string Role,
    string Format,
    Uri? Address,
    InboundAuthentication Inbound,
    OutboundAuthentication Outbound,
    ImmutableDictionary<string, MessageType> Messages,
    Place Place)
{
    /// <summary>Reads a definition from mappings/systems; every problem is reported.</summary>
    public static Outcome<SystemDefinition> Load(SourceNode root)
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(root, problems);
        var id = SystemId.Parse(fields.RequiredText("system"));
        var organisation = OrganisationId.Parse(fields.RequiredText("organisation"));
        problems.AddRange(id.Problems.Concat(organisation.Problems).Select(problem => problem with { Place = fields.Place }));
        var title = fields.RequiredText("title");
        var role = fields.RequiredText("role");
        var format = fields.OneOf("format", "json", "xml", "csv", "fixed-width");
        var address = AddressOf(fields);
        var (inbound, outbound) = Authentication(fields.Fields("authentication"));
        var messages = fields.RequiredFields("messages");
        var types = messages.Map.Entries.ToImmutableDictionary(entry => entry.Name, entry => MessageType.Load(entry.Name, entry.Value, problems), StringComparer.Ordinal);
        fields.RefuseOthers();
        if (address is null && types.Values.FirstOrDefault(type => type.Request is not null) is { } sent)
            problems.Add(fields.Place, "required", $"\"address\" is missing, but the message \"{sent.Name}\" is sent there. Add it.");
        return problems.Or(() => new SystemDefinition(id.Value, title, organisation.Value, role, format, address, inbound, outbound, types, fields.Place));
    }

    static Uri? AddressOf(SourceFields fields)
    {
        if (fields.Text("address") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        fields.Problems.Add(fields.Map["address"]!.Place, "uri", "\"address\" must be an absolute http or https address.", value: text);
        return null;
    }

    static (InboundAuthentication Inbound, OutboundAuthentication Outbound) Authentication(SourceFields? fields)
    {
        if (fields is null) return (InboundAuthentication.Hmac, OutboundAuthentication.None);
        var inbound = fields.Fields("inbound");
        var outbound = fields.Fields("outbound");
        var kinds = (
            inbound?.OneOf("kind", "hmac", "bearer") == "bearer" ? InboundAuthentication.Bearer : InboundAuthentication.Hmac,
            outbound?.OneOf("kind", "none", "bearer", "hmac", "jwt-hs256") switch
            {
                "bearer" => OutboundAuthentication.Bearer,
                "hmac" => OutboundAuthentication.Hmac,
                "jwt-hs256" => OutboundAuthentication.JwtHs256,
                _ => OutboundAuthentication.None,
            });
        inbound?.RefuseOthers();
        outbound?.RefuseOthers();
        fields.RefuseOthers();
        return kinds;
    }
}

/// <summary>One type of message that a system sends to the platform or takes from it.</summary>
/// <param name="Name">As in the URL.</param>
/// <param name="Mapping">The mapping's name: a folder under mappings/maps.</param>
/// <param name="Event">The type of the event emitted when one has been recorded; null for none.</param>
/// <param name="IdPaths">JSON Pointers in the decoded payload that together are the message's own id, for systems that send no <c>ce-id</c>.</param>
/// <param name="Request">How it is sent; null for a message that comes in.</param>
/// <param name="AnswerMapping">The mapping of the answer's body to a canonical record; null when the answer says nothing.</param>
/// <param name="BeforeRetry">How to ask whether an earlier attempt got through; null where the system dedupes by <c>Idempotency-Key</c>.</param>
/// <param name="RefusedWhen">jq over an error's body: true means that trying again is useless though the status suggests it.</param>
/// <param name="Reference">The member of the written payload that takes the effect's id; null for none.</param>
/// <param name="Purpose">Why it is sent, where a workflow names no purpose.</param>
public sealed record MessageType(
    string Name,
    string Mapping,
    string? Event,
    ImmutableArray<string> IdPaths,
    OutboundRequest? Request,
    string? AnswerMapping,
    RetryCheck? BeforeRetry,
    JqProgram? RefusedWhen,
    string? Reference,
    string? Purpose)
{
    internal static MessageType Load(string name, SourceNode node, ProblemList problems)
    {
        var fields = SourceFields.Of(node, problems);
        var isOut = fields.OneOf("direction", "in", "out") == "out";
        var mapping = fields.RequiredText("mapping");
        var type = isOut
            ? new MessageType(name, mapping, null, [], OutboundRequest.Load(fields.RequiredFields("request")), AnswerOf(fields),
                fields.Fields("before-retry") is { } check ? RetryCheck.Load(check) : null, Jq(fields, "refused-when"), fields.Text("reference"), fields.Text("purpose"))
            : new MessageType(name, mapping, fields.Text("event"), fields.Optional("id") is SourceList ? fields.Texts("id") : fields.Text("id") is { } id ? [id] : [], null, null, null, null, null, null);
        fields.RefuseOthers();
        return type;
    }

    internal static JqProgram? Jq(SourceFields fields, string name)
    {
        if (fields.Optional(name) is not SourceScalar text) return null;
        var program = JqProgram.Compile(text.Text, [], text.Place);
        fields.Problems.AddRange(program.Problems);
        return program.Succeeded ? program.Value : null;
    }

    static string? AnswerOf(SourceFields fields)
    {
        if (fields.Fields("answer") is not { } answer) return null;
        var mapping = answer.RequiredText("mapping");
        answer.RefuseOthers();
        return mapping;
    }
}

/// <summary>The HTTP request that carries a message.</summary>
/// <param name="Method">POST, PUT or PATCH.</param>
/// <param name="Path">Below the system's address.</param>
public sealed record OutboundRequest(string Method, string Path)
{
    internal static OutboundRequest Load(SourceFields fields)
    {
        var request = new OutboundRequest(fields.OptionalOneOf("method", "POST", "PUT", "PATCH") ?? "POST", fields.RequiredText("path"));
        if (!request.Path.StartsWith('/')) fields.Problems.Add(fields.Place, "path", "\"path\" must begin with \"/\".", value: request.Path);
        fields.RefuseOthers();
        return request;
    }
}

/// <summary>Asks a system that has no idempotency key whether it already has an effect, before the effect is tried again.</summary>
/// <param name="Path">A GET below the system's address; <c>{effect}</c> stands for the effect's id.</param>
/// <param name="Found">jq over the answer: true when the system has it.</param>
/// <param name="Answer">jq over the answer: what the first attempt answered.</param>
/// <param name="Remembers">How long the system tells of what it took; what may have got through longer ago is held for a person. Null for ever.</param>
public sealed record RetryCheck(string Path, JqProgram? Found, JqProgram? Answer, TimeSpan? Remembers)
{
    internal static RetryCheck Load(SourceFields fields)
    {
        var check = new RetryCheck(fields.RequiredText("path"), MessageType.Jq(fields, "found"), MessageType.Jq(fields, "answer"), SystemMemory.Read(fields));
        if (check.Found is null) fields.Problems.Add(fields.Place, "required", "\"found\" is missing. Add a jq expression that is true when the system has the effect.");
        fields.RefuseOthers();
        return check;
    }
}
