using System.Globalization;
using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Canonical;

/// <summary>
/// Where a newer version of a record is taken to only add, it takes every record of the older, and every such record is whole by the older. Schemas, what is changed in them and documents are drawn by lot, the same
/// each time; <c>INTEROP_RECORDS=100000</c> draws more.
/// </summary>
public sealed class WideningLawTests
{
    const int Documents = 40;
    static readonly int Pairs = int.Parse(Environment.GetEnvironmentVariable("INTEROP_RECORDS") ?? "1500", CultureInfo.InvariantCulture);
    static readonly JsonValue[] Scalars = [JsonValue.Null, true, false, 0, 1, 2, 2.5, 10, "", "x", "xy", "xyz", "2026-01-31", "1"];
    static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void A_version_that_only_adds_takes_every_record_of_the_older()
    {
        var (added, tried) = (0, 0);
        for (var at = 0; at < Pairs; at++)
        {
            var lot = new Lot(at);
            var before = lot.Schema(3);
            var after = lot.Changed(before);
            for (var more = lot.Next(3); more > 0; more--) after = lot.Changed(after);
            var problems = new ProblemList();
            var records = CanonicalRecords.Of([Version("1.0.0", before), Version("1.1.0", after)], problems);
            if (!problems.IsEmpty) continue;
            added += before == after ? 0 : 1;
            var (older, newer) = (records.Versions("thing")[0].Schema, records.Versions("thing")[1].Schema);
            foreach (var record in Enumerable.Range(0, Documents).Select(_ => lot.Document(before)).Where(record => older.Validate(record).IsEmpty))
            {
                tried++;
                Assert.True(newer.Validate(record).IsEmpty, $"Pair {at}: {record}\n{before}\n{after}\n{string.Join('\n', newer.Validate(record))}");
                Assert.Empty(records.Narrow(record, CanonicalReference.Of("thing")).LeftOut);
            }

            foreach (var record in Enumerable.Range(0, Documents).Select(_ => lot.Document(after)).Where(record => newer.Validate(record).IsEmpty))
            {
                var known = records.Narrow(record, CanonicalReference.Of("thing")).Record;
                Assert.True(older.Validate(known).All(problem => problem.Rule != "additional-property"), $"Pair {at}: {record} is narrowed to {known}\n{before}\n{after}");
            }
        }

        // Were all refused, or none valid, the law would say nothing.
        Assert.True(added > Pairs / 20 && tried > Pairs, $"{added} of {Pairs} pairs only add; {tried} records were tried.");
    }

    static CanonicalRecord Version(string version, JsonValue schema) => CanonicalRecord.Load("thing", SourceReader.Read(JsonValue.Of(("version", version), ("allOf", JsonValue.Of(schema))).ToString(), "thing.yaml").Value, _ => null).Value;

    sealed class Lot(int seed)
    {
        readonly Random random = new(seed);

        public int Next(int below) => random.Next(below);

        public JsonValue Schema(int depth) => Next(depth == 0 ? 2 : 5) switch
        {
            0 => JsonValue.Of(("type", "string")),
            1 => JsonValue.Of(("enum", JsonValue.Of(Scalars.Where(_ => Next(3) == 0).Append("x").Distinct()))),
            2 => JsonValue.Of(("type", "array"), ("items", Schema(depth - 1))),
            _ => JsonValue.Of(("type", "object"), ("additionalProperties", Next(4) == 0 ? Schema(depth - 1) : Next(5) == 0), ("properties", JsonValue.Of(Names.Where(_ => Next(2) == 0).Select(name => KeyValuePair.Create(name, Schema(depth - 1)))))),
        };

        // One keyword more, less or with another value, here or further down.
        public JsonValue Changed(JsonValue schema)
        {
            var down = new[] { "items", "additionalProperties" }.Where(name => schema[name].Kind == JsonKind.Object).ToArray();
            if (Next(2) == 0 && schema["properties"].Count > 0)
            {
                var (name, member) = schema["properties"].Members.ElementAt(Next(schema["properties"].Count));
                return schema.With("properties", Next(6) == 0 ? schema["properties"].Without(name) : schema["properties"].With(name, Changed(member)));
            }

            if (Next(2) == 0 && down.Length > 0) return schema.With(down[0], Changed(schema[down[0]]));
            return Next(12) switch
            {
                0 => schema.With("properties", schema["properties"].With(Names[Next(4)], Schema(1))),
                1 => schema.With("required", JsonValue.Of((JsonValue)Names[Next(4)])),
                2 => schema.With("type", JsonValue.Of(new JsonValue[] { "string", "object", "array", "integer", "number" }.Where(_ => Next(2) == 0).Append("boolean"))),
                3 => schema.With("enum", JsonValue.Of(Scalars.Where(_ => Next(2) == 0).Append("x").Distinct())),
                4 => schema.With(Next(2) == 0 ? "minLength" : "maxLength", Next(3)),
                5 => schema.With(Next(2) == 0 ? "minItems" : "maxItems", Next(3)),
                6 => schema.With(Next(2) == 0 ? "minimum" : "exclusiveMaximum", Next(3)),
                7 => schema.With("additionalProperties", Next(2) == 0 ? Schema(1) : Next(2) == 0),
                8 => schema.With(Next(2) == 0 ? "format" : "pattern", Next(2) == 0 ? "date" : "time"),
                9 => schema.With(Next(2) == 0 ? "anyOf" : "allOf", JsonValue.Of(Schema(1))),
                10 => Next(2) == 0 ? schema.With("uniqueItems", Next(2) == 0) : schema.With("dependentRequired", JsonValue.Of((Names[Next(4)], JsonValue.Of((JsonValue)Names[Next(4)])))),
                _ => Next(2) == 0 ? schema.With("patternProperties", JsonValue.Of((Names[Next(4)], Schema(1)))) : schema.Count == 0 ? schema : schema.Without(schema.Members.ElementAt(Next(schema.Count)).Key),
            };
        }

        public JsonValue Document(JsonValue schema, int depth = 4)
        {
            if (schema.Kind != JsonKind.Object || depth == 0 || Next(10) == 0) return Any(depth);
            if (schema["enum"].Count > 0) return schema["enum"][Next(schema["enum"].Count)];
            if (!schema["items"].IsNull) return JsonValue.Of(Enumerable.Range(0, Next(4)).Select(_ => Document(schema["items"], depth - 1)));
            if (schema["properties"].IsNull) return Any(depth);
            var members = Names.Where(_ => Next(2) == 0).Select(name => KeyValuePair.Create(name, Document(schema["properties"][name] is { IsNull: false } known ? known : schema["additionalProperties"], depth - 1)));
            return JsonValue.Of(members.Where(member => Next(4) == 0 || !schema["properties"][member.Key].IsNull || schema["additionalProperties"].Kind == JsonKind.Object));
        }

        JsonValue Any(int depth) => Next(depth == 0 ? 1 : 4) switch
        {
            1 => JsonValue.Of(Enumerable.Range(0, Next(3)).Select(_ => Any(depth - 1)).ToArray()),
            2 => JsonValue.Of(Names.Where(_ => Next(3) == 0).Select(name => KeyValuePair.Create(name, Any(depth - 1)))),
            _ => Scalars[Next(Scalars.Length)],
        };
    }
}
