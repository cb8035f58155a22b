using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>Reads and writes the CloudEvents 1.0.2 envelope: the JSON format, and the header rules of the HTTP binding.</summary>
static partial class CloudEventReader
{
    const string HeaderPrefix = "ce-";
    const int MostExtensions = 64;
    const int LongestText = 2_048;

    static readonly ImmutableArray<string> Required = ["specversion", "id", "source", "type"];

    // What the text of each known attribute must be; null is right.
    static readonly ImmutableDictionary<string, Func<string, string?>> Shapes = new Dictionary<string, Func<string, string?>>(StringComparer.Ordinal)
    {
        ["specversion"] = text => text == CloudEvent.SpecVersion ? null : $"must be \"{CloudEvent.SpecVersion}\"",
        ["id"] = _ => null,
        ["source"] = text => IsUriReference(text) ? null : "must be a URI reference, such as /organisations/northshire",
        ["type"] = _ => null,
        ["subject"] = _ => null,
        ["time"] = text => Timestamps.Parse(text) is null ? "must be an RFC 3339 date-time with an offset, such as 2026-04-02T16:59:00Z" : null,
        ["datacontenttype"] = text => MediaType().IsMatch(text) ? null : "must be a media type, such as application/json",
        ["dataschema"] = text => IsUriReference(text) && Scheme().IsMatch(text) ? null : "must be an absolute URI",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static Outcome<CloudEvent> Structured(JsonValue value)
    {
        if (value.Kind != JsonKind.Object) return new Problem("type", "A CloudEvent is a JSON object. Send one.");
        var problems = new ProblemList();
        foreach (var name in Required.Where(name => value[name].IsNull))
            problems.Add(new Problem("required", $"The attribute \"{name}\" is missing. Add it.", "/" + name));
        CheckAttributes(value, problems);
        CheckData(value, problems);
        return problems.Or(() => Build(value));
    }

    public static Outcome<CloudEventHeaders> Headers(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var problems = new ProblemList();
        var attributes = JsonValue.EmptyObject;
        foreach (var (header, text) in headers)
        {
            var name = header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) ? header[HeaderPrefix.Length..].ToLowerInvariant()
                : header.Equals("content-type", StringComparison.OrdinalIgnoreCase) ? "datacontenttype"
                : null;
            if (name is null) continue;
            if (!attributes[name].IsNull) problems.Add(new Problem("attribute", $"The attribute \"{name}\" stands twice. Send it once.", "/" + name));
            else if (name is "data" or "data_base64") problems.Add(new Problem("attribute-name", $"\"{header}\" is no attribute: the payload is the body.", "/" + name));
            else attributes = attributes.With(name, Unquoted(text));
        }

        CheckAttributes(attributes, problems);
        return problems.Or(() => new CloudEventHeaders(
            attributes["id"].StringOrNull, attributes["source"].StringOrNull, attributes["type"].StringOrNull, attributes["subject"].StringOrNull,
            Timestamps.Parse(attributes["time"].StringOrNull), attributes));
    }

    public static JsonValue ToJson(CloudEvent happened)
    {
        (string Name, JsonValue Value)[] members =
        [
            ("specversion", CloudEvent.SpecVersion), ("id", happened.Id), ("source", happened.Source), ("type", happened.Type), ("subject", happened.Subject),
            ("time", happened.Time is { } time ? Timestamps.Print(time) : null), ("datacontenttype", happened.DataContentType), ("dataschema", happened.DataSchema),
            .. happened.Extensions.Select(pair => (pair.Key, pair.Value)), ("data", happened.Data), ("data_base64", happened.DataBase64),
        ];
        return JsonValue.Of([.. members.Where(member => !member.Value.IsNull)]);
    }

    static void CheckAttributes(JsonValue value, ProblemList problems)
    {
        var attributes = value.Members.Where(member => !member.Value.IsNull && member.Key is not ("data" or "data_base64")).ToArray();
        if (attributes.Count(member => !Shapes.ContainsKey(member.Key)) > MostExtensions)
            problems.Add(new Problem("attribute", $"There are more than {MostExtensions} extension attributes. Put them into the payload."));
        foreach (var (name, attribute) in attributes)
        {
            if (!Name().IsMatch(name))
                problems.Add(new Problem("attribute-name", $"\"{Problem.Preview(name)}\" is no attribute name: it may hold lower-case letters and digits only.", "/" + name, Problem.Preview(name)));
            else if (WrongWith(name, attribute) is { } wrong)
                problems.Add(new Problem("attribute", $"The attribute \"{name}\" {wrong}.", "/" + name, Problem.Preview(attribute.ToString())));
        }
    }

    static string? WrongWith(string name, JsonValue attribute)
    {
        var shape = Shapes.GetValueOrDefault(name);
        if (attribute.StringOrNull is not { } text)
        {
            if (shape is not null) return "must be a text";
            return attribute.Kind == JsonKind.Boolean || (attribute.Kind == JsonKind.Number && IsInteger(attribute.AsNumber())) ? null : "must be a text, a boolean or a 32-bit whole number";
        }

        if (text.Length == 0) return shape is null ? null : "must not be empty";
        if (text.Length > LongestText) return $"has {text.Length} characters; at most {LongestText} are read";
        return text.EnumerateRunes().Any(IsForbidden) ? "holds a control character or half of a surrogate pair" : shape?.Invoke(text);
    }

    static void CheckData(JsonValue value, ProblemList problems)
    {
        var base64 = value["data_base64"];
        if (base64.IsNull) return;
        if (!value["data"].IsNull) problems.Add(new Problem("data", "Both \"data\" and \"data_base64\" are there. Send one.", "/data"));
        if (base64.StringOrNull is not { } text || !System.Buffers.Text.Base64.IsValid(text))
            problems.Add(new Problem("data", "\"data_base64\" must be a base64 text.", "/data_base64"));
    }

    static CloudEvent Build(JsonValue value) => new()
    {
        Id = value["id"].AsString(),
        Source = value["source"].AsString(),
        Type = value["type"].AsString(),
        Subject = value["subject"].StringOrNull,
        Time = Timestamps.Parse(value["time"].StringOrNull),
        DataContentType = value["datacontenttype"].StringOrNull,
        DataSchema = value["dataschema"].StringOrNull,
        Data = value["data"],
        DataBase64 = value["data_base64"].StringOrNull,
        Extensions = value.Members
            .Where(member => !member.Value.IsNull && !Shapes.ContainsKey(member.Key) && member.Key is not ("data" or "data_base64"))
            .ToImmutableSortedDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal),
    };

    // HTTP binding 3.1.3.2: quotes first, then percent-encoding; what is not valid UTF-8 stays as it is.
    static string Unquoted(string text)
    {
        text = text.Trim();
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"') text = Escaped().Replace(text[1..^1], "$1");
        return Uri.UnescapeDataString(text);
    }

    static bool IsUriReference(string text) => UriCharacters().IsMatch(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);

    static bool IsInteger(double number) => number == Math.Truncate(number) && number is >= int.MinValue and <= int.MaxValue;

    static bool IsForbidden(Rune rune) => rune.Value is <= 0x1F or (>= 0x7F and <= 0x9F) or (>= 0xFDD0 and <= 0xFDEF) or 0xFFFD || (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Surrogate;

    [GeneratedRegex(@"^[a-z0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;.*)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MediaType();

    [GeneratedRegex(@"^([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UriCharacters();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Escaped();
}
