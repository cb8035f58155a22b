using CsCheck;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Tests.Messages;

public sealed class CloudEventTest
{
    const string Whole = """
        {"specversion":"1.0","id":"a-1","source":"/organisations/northshire/systems/rms","type":"incident.reported","subject":"s-1","time":"2026-04-02T16:59:00Z",
         "datacontenttype":"application/json","dataschema":"https://interop.cloud.example/canonical/incident.schema.yaml","sequence":7,"urgent":true,"partner":"x","data":{"a":[1,null]}}
        """;

    [Fact]
    public void Structured_mode_reads_back() => Assert.Equal(JsonValue.Parse(Whole).Value, CloudEvent.Parse(JsonValue.Parse(Whole).Value).Value.ToJson());

    [Fact]
    public void What_is_built_reads_back() => Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 9], Gen.String[Gen.Char['a', 'z'], 1, 9], Gen.Int, Gen.Bool).Hold((id, name, number, withTime) =>
    {
        var built = new CloudEvent
        {
            Id = id, Source = "/x", Type = "t", Time = withTime ? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(number) : null, Data = JsonValue.Of((id, number)),
        };
        built = built with { Extensions = built.Extensions.Add("x" + name, number) };
        return CloudEvent.Parse(JsonValue.Parse(built.ToJson().ToString()).Value).Value.ToJson() == built.ToJson();
    });

    // Each line changes the whole event and names the rules broken, in order.
    [Theory]
    [InlineData("""{"id":null}""", "required /id")]
    [InlineData("""{"id":null,"source":null,"type":null,"specversion":null}""", "required /specversion|required /id|required /source|required /type")]
    [InlineData("""{"id":"","type":7}""", "attribute /id|attribute /type")]
    [InlineData("""{"specversion":"0.3"}""", "attribute /specversion")]
    [InlineData("""{"source":"not a uri"}""", "attribute /source")]
    [InlineData("""{"source":"%zz"}""", "attribute /source")]
    [InlineData("""{"time":"yesterday"}""", "attribute /time")]
    [InlineData("""{"time":"2026-04-02T16:59:00"}""", "attribute /time")]
    [InlineData("""{"dataschema":"/relative"}""", "attribute /dataschema")]
    [InlineData("""{"datacontenttype":"json"}""", "attribute /datacontenttype")]
    [InlineData("""{"Partner":"x"}""", "attribute-name /Partner")]
    [InlineData("""{"my_partner":"x"}""", "attribute-name /my_partner")]
    [InlineData("""{"sequence":1.5}""", "attribute /sequence")]
    [InlineData("""{"sequence":2147483648}""", "attribute /sequence")]
    [InlineData("""{"partner":{}}""", "attribute /partner")]
    [InlineData("""{"subject":"a\u0007b"}""", "attribute /subject")]
    [InlineData("""{"data_base64":"AQI="}""", "data /data")]
    [InlineData("""{"data":null,"data_base64":"AQI"}""", "data /data_base64")]
    [InlineData("""{"data":null,"data_base64":"AQI="}""", "")]
    [InlineData("""{"subject":null,"time":null,"data":null}""", "")]
    public void Every_problem_is_reported(string changes, string rules)
    {
        var changed = JsonValue.Parse(changes).Value.Members.Aggregate(JsonValue.Parse(Whole).Value, (sum, member) => sum.With(member.Key, member.Value));
        Assert.Equal(rules, string.Join('|', CloudEvent.Parse(changed).Problems.Select(problem => $"{problem.Rule} {problem.Path}")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public void Only_an_object_is_an_event(string json) => Assert.Equal("type", CloudEvent.Parse(JsonValue.Parse(json).Value).Problems.Single().Rule);

    [Fact]
    public void Binary_mode_decodes_headers()
    {
        var read = CloudEvent.FromHeaders(
            Headers("CE-SpecVersion: 1.0", "ce-id: \"a \\\"1\\\"\"", "ce-source: /x", "ce-type: t", "ce-subject: caf%C3%A9", "Content-Type: application/xml; charset=utf-8", "X-Other: 1", "ce-partner: p"),
            JsonValue.Of(("a", 1))).Value;
        Assert.Equal(("a \"1\"", "café", "application/xml; charset=utf-8", "p"), (read.Id, read.Subject, read.DataContentType, read.Extensions["partner"].AsString()));
        Assert.Equal(JsonValue.Of(("a", 1)), read.Data);
    }

    [Fact]
    public void Headers_without_an_event_are_no_problem()
    {
        Assert.Null(CloudEventHeaders.Read(Headers("Content-Type: application/json")).Value.Id);
        Assert.Equal("7", CloudEventHeaders.Read(Headers("ce-id: 7")).Value.Id);
        Assert.Equal(["required", "required", "required"], CloudEvent.FromHeaders(Headers("ce-id: 7"), JsonValue.Null).Problems.Select(problem => problem.Rule));
    }

    [Theory]
    [InlineData("ce-time: tomorrow", "attribute")]
    [InlineData("ce-my_partner: x", "attribute-name")]
    [InlineData("ce-data: x", "attribute-name")]
    [InlineData("ce-id: x\nCE-ID: y", "attribute")]
    public void A_wrong_header_is_a_problem(string headers, string rule) => Assert.Contains(CloudEventHeaders.Read(Headers(headers.Split('\n'))).Problems, problem => problem.Rule == rule);

    static IEnumerable<KeyValuePair<string, string>> Headers(params string[] lines) => lines.Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
