using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Reads how a call proves who it is: a policy in its place, or the name of one of <c>use.authentications</c>.</summary>
static class AuthenticationReader
{
    static readonly Shape UserAndPassword = Shapes.Of(("username!", Shapes.Text), ("password!", Shapes.Text));

    static readonly Shape Token = Shapes.Of(("token!", Shapes.Text), ("type!", Shapes.Text));

    static readonly (string Name, Shape Shape)[] OpenIdConnect =
    [
        ("authority!", Shapes.Text),
        ("grant!", Shapes.OneOf("authorization_code", "client_credentials", "password", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange")),
        ("client", Shapes.Of(
            ("id", Shapes.Text),
            ("secret", Shapes.Text),
            ("assertion", Shapes.Text),
            ("authentication", Shapes.OneOf("client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none")))),
        ("request", Shapes.Of(("encoding", Shapes.OneOf("application/x-www-form-urlencoded", "application/json")))),
        ("issuers", Shapes.ListOf(Shapes.Text)),
        ("scopes", Shapes.ListOf(Shapes.Text)),
        ("audiences", Shapes.ListOf(Shapes.Text)),
        ("username", Shapes.Text),
        ("password", Shapes.Text),
        ("subject", Token),
        ("actor", Token),
    ];

    static readonly (string Name, HostFeature Feature, Shape Shape)[] Schemes =
    [
        ("basic",       HostFeature.BasicAuthentication,         UserAndPassword),
        ("bearer",      HostFeature.BearerAuthentication,        Shapes.Of(("token!", Shapes.Text))),
        ("certificate", HostFeature.CertificateAuthentication,   Shapes.Map),
        ("digest",      HostFeature.DigestAuthentication,        UserAndPassword),
        ("oauth2",      HostFeature.OAuth2Authentication,        Shapes.Of([.. OpenIdConnect, ("endpoints", Shapes.Of(("token", Shapes.Text), ("revocation", Shapes.Text), ("introspection", Shapes.Text)))])),
        ("oidc",        HostFeature.OpenIdConnectAuthentication, Shapes.Of(OpenIdConnect)),
    ];

    static readonly string[] SchemeNames = [.. Schemes.Select(scheme => scheme.Name)];

    /// <summary>Reads a policy, where secrets may stand; an object with the scheme's name as its only member. Null after a problem.</summary>
    public static Template? Read(LoadContext context, SourceNode node, ImmutableArray<string> names, bool isDefinition = false)
    {
        if (!isDefinition && node is SourceScalar name) return Named(context, name.Place, name.Text, names);
        var fields = SourceFields.Of(node, context.Problems);
        if (!isDefinition && fields.Optional("use") is SourceScalar use)
        {
            fields.RefuseOthers();
            return Named(context, use.Place, use.Text, names);
        }

        var found = Schemes.Where(scheme => fields.Optional(scheme.Name) is not null).ToArray();
        fields.RefuseOthers();
        if (found is not [var scheme])
        {
            if (node is SourceMap) context.Problems.ExactlyOne(fields.Place, "\"authentication\"", isDefinition ? SchemeNames : SchemeNames.Prepend("use"));
            return null;
        }

        var given = fields.Optional(scheme.Name)!;
        context.Need(scheme.Feature, given.Place, $"The authentication \"{scheme.Name}\" in a workflow", "Name a system whose definition holds it, and deliver to it.");
        if ((given as SourceMap)?["grant"] is SourceScalar { Text: "authorization_code" or "refresh_token" } grant)
            context.Refusals.NotSupported(grant.Place, $"The grant \"{grant.Text}\"", "It needs a person who signs in, and a run has none. Use client_credentials, password or token exchange.");
        return new ObjectTemplate([KeyValuePair.Create(scheme.Name, Scheme(context, given, scheme.Name, scheme.Shape, names))]);
    }

    static Template Scheme(LoadContext context, SourceNode node, string name, Shape shape, ImmutableArray<string> names)
    {
        if (node is SourceMap { Entries: [{ Name: "use", Value: SourceScalar secret }] })
        {
            SecretReader.Use(context, secret.Place, secret.Text);
            return new Literal(JsonValue.Of(("use", secret.Text)));
        }

        var outside = context.TakesSecrets;
        context.TakesSecrets = true;
        var before = context.Problems.Count;
        shape(context, name, node, names);
        var template = context.Problems.Count > before ? new Literal(JsonValue.Null) : context.Template(node, names);
        context.TakesSecrets = outside;
        return template;
    }

    static Template? Named(LoadContext context, Place place, string name, ImmutableArray<string> names)
    {
        if (context.Use.Authentications.TryGetValue(name, out var policy)) return Read(context, policy.Value, names, isDefinition: true);
        context.Problems.UnknownName(place, "undefined", "authentication", name, context.Use.Authentications.Keys, "Define it under use.authentications.");
        return null;
    }
}
