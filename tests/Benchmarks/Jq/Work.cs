using System.Globalization;
using System.Text;
using Interop.Core.Jq;

namespace Interop.Benchmarks.Jq;

/// <summary>One piece of work, said in jq and in JavaScript, with the document it is done on.</summary>
public sealed record Work(string Name, string Program, string Script, string Function, string Document)
{
    public static IReadOnlyList<Work> All { get; } =
    [
        new("path", ".a.b.c", "function path(d) { return d.a.b.c; }", "path", """{"x":1,"a":{"y":2,"b":{"c":7,"z":"abc"}}}"""),
        new("filter", ".items | map(select(.n > 3)) | length", "function filter(d) { return d.items.filter(i => i.n > 3).length; }", "filter", Items(1_000)),
        new("reshape", Text("Reshaping.jq"), Text("Reshaping.js"), "reshape", Incident()),
    ];

    public JqProgram Compile() => JqProgram.Compile(Program, []).Value;

    public override string ToString() => Name;

    static string Text(string name)
    {
        using var stream = typeof(Work).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static string Items(int count)
    {
        var items = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{i % 10}},"name":"item {{i}}","on":true}"""));
        return $$"""{"items":[{{string.Join(',', items)}}]}""";
    }

    // A message of a usual size: one incident, six people, twelve items of property.
    static string Incident()
    {
        string[] roles = ["VICTIM", "WITNESS", "SUSPECT", "REPORTER"];
        var people = Enumerable.Range(0, 6).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$"""{"ref":"P{{i}}","forename":"Forename{{i}}","surname":{{(i == 4 ? "null" : $"\"Surname{i}\"")}},"dob":"19{{70 + i}}-0{{1 + i}}-11","roles":["{{roles[i % 4]}}","{{roles[(i + 1) % 4]}}"]}"""));
        var items = Enumerable.Range(0, 12).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"tag":"T{{i}}","value":{{((i * 37) % 120) + 0.5}},"seized":{{(i % 3 == 0 ? "true" : "false")}}}"""));
        return new StringBuilder("""{"incident":{"urn":"42CF/2026/117","priority":2,"created":"2026-11-24T09:15:00Z",""")
            .Append("\"location\":{\"line1\":\"1 High Street\",\"line2\":\"\",\"town\":\"Chelmsford\",\"postcode\":\"CM1 1AA\",\"coordinates\":[51.7356,0.4685]},")
            .Append(CultureInfo.InvariantCulture, $"\"items\":[{string.Join(',', items)}],")
            .Append("\"flags\":{\"hate\":false,\"domestic\":true,\"repeat\":true,\"vulnerable\":false}},")
            .Append(CultureInfo.InvariantCulture, $"\"people\":[{string.Join(',', people)}]}}")
            .ToString();
    }
}
