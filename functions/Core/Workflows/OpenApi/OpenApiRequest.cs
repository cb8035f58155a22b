using Interop.Core.Json;

namespace Interop.Core.Workflows.OpenApi;

/// <summary>A request in the making: each argument goes where its parameter says, in the style the description names.</summary>
sealed class OpenApiRequest(string path, JsonValue arguments)
{
    readonly Dictionary<string, JsonValue> left = arguments.Members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
    readonly List<string> query = [];
    readonly List<string> cookies = [];
    readonly List<KeyValuePair<string, JsonValue>> form = [];
    JsonValue headers = JsonValue.EmptyObject;
    JsonValue body;
    string path = path;

    /// <summary>The arguments that nothing has taken.</summary>
    public IEnumerable<string> Left => left.Keys;

    public bool TryTake(string name, out JsonValue value) => left.Remove(name, out value);

    /// <summary>Takes one argument as the body; false if it is not there.</summary>
    public bool TakeBody(string name, string type)
    {
        if (!left.Remove(name, out var value) && (name == "body" || !left.Remove("body", out value))) return false;
        SetBody(value, type);
        return true;
    }

    /// <summary>Takes all arguments that are left as the members of the body; false if there are none.</summary>
    public bool TakeRest(string type)
    {
        if (left.Count == 0) return false;
        SetBody(JsonValue.Of(left), type);
        left.Clear();
        return true;
    }

    public void Add(JsonValue parameter, JsonValue value, bool isVersion2)
    {
        var name = parameter["name"].StringOrNull ?? "";
        if (!parameter["content"].IsNull) value = value.StringOrNull ?? value.ToString();
        switch (parameter["in"].StringOrNull)
        {
            case "path": path = path.Replace($"{{{name}}}", InPath(name, value, parameter["style"].StringOrNull ?? "simple", parameter["explode"] == true), StringComparison.Ordinal); break;
            case "query": query.AddRange(InQuery(name, value, isVersion2 ? Style2(parameter) : Style3(parameter))); break;
            case "header": headers = headers.With(name, Joined(value, ",", parameter["explode"] == true, plain => plain)); break;
            case "cookie": cookies.AddRange(InQuery(name, value, Style3(parameter))); break;
            case "formData": form.Add(KeyValuePair.Create(name, value)); break;
        }
    }

    public JsonValue ToJson(string method, Uri server)
    {
        if (form.Count > 0) SetBody(JsonValue.Of(form), "application/x-www-form-urlencoded");
        if (cookies.Count > 0) headers = headers.With("Cookie", string.Join("; ", cookies));
        var endpoint = server.AbsoluteUri.TrimEnd('/') + path + (query.Count == 0 ? "" : "?" + string.Join('&', query));
        var request = JsonValue.Of(("method", method), ("endpoint", endpoint));
        if (headers.Count > 0) request = request.With("headers", headers);
        return body.IsNull ? request : request.With("body", body);
    }

    void SetBody(JsonValue value, string type)
    {
        body = type == "application/x-www-form-urlencoded" ? string.Join('&', value.Members.SelectMany(member => InQuery(member.Key, member.Value, ("form", true)))) : value;
        headers = headers.With("Content-Type", type);
    }

    static (string Style, bool Explode) Style3(JsonValue parameter)
    {
        var style = parameter["style"].StringOrNull ?? "form";
        return (style, parameter["explode"].IsNull ? style == "form" : parameter["explode"] == true);
    }

    static (string Style, bool Explode) Style2(JsonValue parameter) => parameter["collectionFormat"].StringOrNull switch
    {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "tsv" => ("tabDelimited", false),
        "pipes" => ("pipeDelimited", false),
        _ => ("form", false),
    };

    // RFC 6570 as OpenAPI uses it: simple "a,b", label ".a.b", matrix ";name=a,b".
    static string InPath(string name, JsonValue value, string style, bool explode)
    {
        var isCollection = value.Kind is JsonKind.Array or JsonKind.Object;
        return style switch
        {
            "label" => "." + Joined(value, explode ? "." : ",", explode, Uri.EscapeDataString),
            "matrix" when explode && value.Kind == JsonKind.Array => string.Concat(value.Items.Select(item => $";{name}={Uri.EscapeDataString(Plain(item))}")),
            "matrix" when explode && isCollection => string.Concat(value.Members.Select(member => $";{member.Key}={Uri.EscapeDataString(Plain(member.Value))}")),
            "matrix" => $";{name}={Joined(value, ",", explode, Uri.EscapeDataString)}",
            _ => Joined(value, ",", explode, Uri.EscapeDataString),
        };
    }

    static IEnumerable<string> InQuery(string name, JsonValue value, (string Style, bool Explode) how)
    {
        var key = Uri.EscapeDataString(name);
        if (value.Kind == JsonKind.Object && how.Style == "deepObject") return value.Members.Select(member => $"{key}[{Uri.EscapeDataString(member.Key)}]={Uri.EscapeDataString(Plain(member.Value))}");
        if (value.Kind == JsonKind.Object && how.Explode) return value.Members.Select(member => $"{Uri.EscapeDataString(member.Key)}={Uri.EscapeDataString(Plain(member.Value))}");
        if (value.Kind == JsonKind.Array && how.Explode) return value.Items.Select(item => $"{key}={Uri.EscapeDataString(Plain(item))}");
        var separator = how.Style switch { "spaceDelimited" => "%20", "pipeDelimited" => "%7C", "tabDelimited" => "%09", _ => "," };
        return [$"{key}={Joined(value, separator, false, Uri.EscapeDataString)}"];
    }

    static string Joined(JsonValue value, string separator, bool explode, Func<string, string> escape) => value.Kind switch
    {
        JsonKind.Array => string.Join(separator, value.Items.Select(item => escape(Plain(item)))),
        JsonKind.Object when explode => string.Join(separator, value.Members.Select(member => $"{escape(member.Key)}={escape(Plain(member.Value))}")),
        JsonKind.Object => string.Join(separator, value.Members.Select(member => $"{escape(member.Key)}{separator}{escape(Plain(member.Value))}")),
        _ => escape(Plain(value)),
    };

    static string Plain(JsonValue value) => value.IsNull ? "" : value.StringOrNull ?? value.ToString();
}
