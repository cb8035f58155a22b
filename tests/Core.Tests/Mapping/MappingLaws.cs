using CsCheck;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Sources;
using NodaTime;
using NodaTime.Text;

namespace Interop.Core.Tests.Mapping;

/// <summary>What holds for every value: what goes in comes back, what cannot is a problem, and nothing throws.</summary>
public sealed class MappingLaws
{
    static readonly MappingDefinition Small = Given.Definition(
        Given.Head("both") + """
          - { source: ref, canonical: "references[kind=crime].value" }
          - { source: log, canonical: "references[kind=log].value" }
          - { source: when, canonical: at, date-time: { pattern: "dd/MM/yyyy HH:mm:ss o<m>" } }
          - { source: flag, canonical: flag, boolean: { true: [Y], false: [N] } }
          - each: { source: people.person, canonical: "persons[roles=victim]" }
            fields:
              - { source: sex, canonical: sex, code: sex }
              - { split: "/", source: name, canonical: [name.given, name.family] }
              - each: { source: phone, canonical: phones }
                fields: [ { source: ., canonical: number, telephone: {} } ]
        """,
        Yaml("{ ref: text, log: text, when: text, flag: text, people: { person: [ { sex: integer, name: text, phone: [text] } ] } }"),
        Yaml("{ flag: boolean, at: date-time, persons: [ { roles: [victim|witness], sex: male|female|unknown, name: { family: text, given: [text] }, phones: [ { number: text } ] } ], references: [ { kind: crime|log, value: text } ] }")).Value;

    static readonly MappingDefinition Entities = Given.Definition(
        Given.Head("both") + """
          - each: { source: "included[type=person]", canonical: persons }
            fields:
              - { source: attributes.surname, canonical: family }
              - { source: "$.included[type=telephone,id=^.phone.id].attributes.number", canonical: sms, only: in, reason: It is followed by its id. }
              - { compute: '.id as $id | if any(($document.victims // [])[]; .id == $id) then "victim" else "witness" end', canonical: role, reads: [id, "$.victims[0].id"], reason: The document lists the victims. }
              - { identity: uuid, source: id, of: . }
              - { identity: uuid, source: phone.id, of: sms }
          - each: { source: "included[type=telephone]", canonical: persons }
            when: { canonical: sms, present: true }
            only: out
            reason: Each is an entity of its own.
            fields:
              - { identity: uuid, source: id, of: sms }
              - { source: attributes.number, canonical: sms }
          - each: { source: victims, canonical: "persons[role=victim]" }
            only: out
            reason: The document refers to them by id.
            fields: [ { identity: uuid, source: id, of: . } ]
        """,
        Yaml("{ included: [ { type: text, id: text, attributes: { surname: text, number: text }, phone: { id: text } } ], victims: [ { id: text } ] }"),
        Yaml("{ persons: [ { role: victim|witness, family: text, sms: text } ] }")).Value;

    static readonly Gen<JsonValue> Text = Gen.String.Select(text => JsonValue.Of(text));
    static readonly Gen<JsonValue> Name = Gen.String[Gen.Char['a', 'z'], 0, 8].Array[1, 4].Select(parts => JsonValue.Of(string.Join('/', parts)));
    static readonly Gen<JsonValue> Phone = Gen.Int[0, 999].Select(number => JsonValue.Of($"+447700900{number:D3}"));
    static readonly Gen<Instant> Time = Gen.Long[Instant.FromUtc(1950, 1, 1, 0, 0).ToUnixTimeSeconds(), Instant.FromUtc(2100, 1, 1, 0, 0).ToUnixTimeSeconds()].Select(Instant.FromUnixTimeSeconds);

    static readonly Gen<JsonValue> Source = Members(
        ("flag", One("Y", "N").Select(text => JsonValue.Of(text))),
        ("log", Text),
        ("people", Members(("person", Members(("name", Name), ("phone", Phone.Array[1, 3].Select(items => JsonValue.Of(items))), ("sex", One(1d, 2d, 9d).Select(JsonValue.Of))).Array[1, 3].Select(items => JsonValue.Of(items))))
            .Where(people => people.Count > 0)),
        ("ref", Text),
        ("when", Time.Select(time => JsonValue.Of(OffsetDateTimePattern.CreateWithInvariantCulture("dd/MM/yyyy HH:mm:ss o<m>").Format(time.InUtc().ToOffsetDateTime())))));

    [Fact]
    public void A_document_comes_back_as_it_went() => Source.Hold(document =>
    {
        var there = Small.ToCanonical(document);
        var back = Small.ToSource(there.Value);
        return there.Succeeded && back.Succeeded && back.Value == document;
    });

    [Fact]
    public void A_local_time_is_an_instant_that_comes_back_or_a_problem()
    {
        var definition = Converter("date-time: { pattern: 'dd/MM/yyyy HH:mm', zone: Europe/London }");
        var pattern = LocalDateTimePattern.CreateWithInvariantCulture("dd/MM/yyyy HH:mm");
        var london = DateTimeZoneProviders.Tzdb["Europe/London"];

        // Half of the times are in the nights when the clocks change.
        var nights = Gen.Select(Gen.Int[1981, 2060], Gen.Bool, Gen.Int[0, 239]).Select((year, spring, minute) =>
            new LocalDate(year, spring ? 3 : 10, 31).With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Sunday)).AtMidnight().PlusMinutes(minute));
        var days = Time.Select(time => time.InZone(london).LocalDateTime.With(TimeAdjusters.TruncateToMinute));
        Gen.OneOf(nights, days).Hold(local =>
        {
            var text = JsonValue.Of(("a", JsonValue.Of(pattern.Format(local))));
            var there = definition.ToCanonical(text);
            return (london.MapLocal(local).Count, there.Problems) switch
            {
                (0, [{ Rule: "does-not-exist" }]) => true,
                (2, [{ Rule: "ambiguous", Message: var says }]) => says.Contains(InstantPattern.ExtendedIso.Format(london.MapLocal(local).First().ToInstant()), StringComparison.Ordinal)
                    && says.Contains(InstantPattern.ExtendedIso.Format(london.MapLocal(local).Last().ToInstant()), StringComparison.Ordinal),
                (1, []) => definition.ToSource(there.Value).Value == text,
                _ => false,
            };
        });
    }

    [Fact]
    public void An_instant_that_is_written_comes_back_or_is_a_problem()
    {
        var definition = Converter("date-time: { pattern: 'dd/MM/yyyy HH:mm', zone: Europe/London }");
        Time.Hold(time =>
        {
            var record = JsonValue.Of(("b", JsonValue.Of(InstantPattern.ExtendedIso.Format(time))));
            var written = definition.ToSource(record);
            return written.Succeeded ? definition.ToCanonical(written.Value).Value == record : written.Problems is [{ Rule: "precision" }];
        });
    }

    [Theory]
    [InlineData("date: { pattern: dd/MM/yy }")]
    [InlineData("time: { pattern: HHmm }")]
    [InlineData("telephone: { written: national }")]
    [InlineData("postcode: {}")]
    [InlineData("identifier: asn")]
    [InlineData("identifier: pnc-id")]
    [InlineData("upper: {}")]
    [InlineData("list: ';'")]
    [InlineData("number: {}")]
    [InlineData("number: { decimal: ',', thousands: '.', decimals: 2 }")]
    [InlineData("number: { digits: 5 }")]
    [InlineData("number: { scale: 100 }")]
    [InlineData("unit: { source: km, canonical: m }")]
    [InlineData("unit: { source: mph, canonical: km/h, decimals: { source: 0, canonical: 1 } }")]
    [InlineData("unit: { source: lb, canonical: kg, decimals: { source: 2, canonical: 3 }, rounding: half-even }")]
    [InlineData("text: { trim: true, spaces: single }")]
    [InlineData("text: { breaks: crlf }")]
    [InlineData("text: { breaks: ' / ' }")]
    [InlineData("boolean: { true: [1, Y], absent: false, reason: It is left out. }")]
    [InlineData("boolean: { true: [Y], false: [N] }")]
    [InlineData("code: sex")]
    [InlineData("date-time: {}")]
    public void Any_value_is_converted_or_refused_and_what_was_written_reads_back_the_same(string converter)
    {
        var definition = Converter(converter);
        var texts = Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789 +-/:;AZaz"], 0, 14], One("07700900123", "zz99 3wz", "2026-02-28", "17:59:00", "1", "Y", "abc", "ABC"));
        var values = Gen.OneOf(texts.Select(text => JsonValue.Of(text)), Gen.Double.Where(double.IsFinite).Select(JsonValue.Of), Gen.Bool.Select(JsonValue.Of), texts.Select(text => JsonValue.Of(text)).Array[0, 3].Select(items => JsonValue.Of(items)));
        values.Hold(value =>
        {
            definition.ToSource(JsonValue.Of(("b", value)));
            var there = definition.ToCanonical(JsonValue.Of(("a", value)));
            if (!there.Succeeded || there.Value["b"].IsNull) return;
            var written = definition.ToSource(there.Value);
            Assert.True(written.Succeeded, $"{value}: {there.Value} {string.Join("; ", written.Problems)}");
            Assert.Equal(there.Value, definition.ToCanonical(written.Value).Value);
        });
    }

    [Fact]
    public void Entities_that_are_written_with_ids_are_read_again_by_their_references()
    {
        var person = Members(("family", Name), ("sms", Phone)).Where(one => one.Count > 0).SelectMany(one => One("victim", "witness").Select(role => one.With("role", role)));
        person.Array[1, 4].Hold(persons =>
        {
            var record = JsonValue.Of(("persons", JsonValue.Of(persons)));
            var document = Entities.ToSource(record);
            var back = Entities.ToCanonical(document.Value);
            return document.Succeeded && back.Succeeded && back.Value == record && Entities.ToSource(record).Value == document.Value;
        });
    }

    [Theory]
    [InlineData("{ easting: x, northing: y }", "{ latitude: a, longitude: b }")]
    [InlineData("{ northing: y, easting: x }", "{ longitude: a, latitude: b }")]
    public void A_place_in_whole_metres_comes_back(string source, string canonical)
    {
        var definition = Given.Definition(Given.Head("both") + $"  - {{ grid: {{}}, source: {source}, canonical: {canonical} }}\n", Yaml("{ x: integer, y: text }"), Yaml("{ a: number, b: number }")).Value;
        Gen.Select(Gen.Int[0, 700_000], Gen.Int[0, 1_300_000]).Hold((x, y) =>
        {
            var document = JsonValue.Of(("x", x), ("y", $"{y}"));
            var there = definition.ToCanonical(document);
            return there.Succeeded && definition.ToSource(there.Value) is { Succeeded: true, Value: var back } && back == document;
        });
    }

    [Theory]
    [InlineData("\"FAMILY, given\"")]
    [InlineData("title given family")]
    [InlineData("\"family given (title\"")]
    public void A_name_comes_back_or_is_a_problem(string form)
    {
        var titles = form.Contains("title", StringComparison.Ordinal);
        var definition = Given.Definition(
            Given.Head("both") + $"  - {{ name: {{ form: {form}{(titles ? ", titles: [Mr, Dr]" : "")} }}, source: a, canonical: {{ family: f, given: g{(titles ? ", title: t" : "")} }} }}\n",
            Yaml("{ a: text }"), Yaml("{ f: text, g: [text], t: text }")).Value;
        var word = Gen.OneOf(One("Smith", "O'Brien", "de Groot", "McDonald", "Jane", "Mr", "Anne-Marie", "A, B", " ", ""), Gen.String[Gen.Char["ab AB,("], 0, 6]);
        Gen.Select(word, word.Array[0, 3], One("Mr", "Dr", "Sir", "")).Hold((family, given, title) =>
        {
            var record = JsonValue.Of(("f", family), ("g", JsonValue.Of(given.Select(one => JsonValue.Of(one)))));
            if (titles && title.Length > 0) record = record.With("t", title);
            var written = definition.ToSource(record);
            Assert.True(written.Succeeded ? definition.ToCanonical(written.Value).Value.ToString() == record.ToString() || given.Length == 0 : written.Problems is [{ Rule: "name" }], $"{record} {written.Value}");
            var whole = JsonValue.Of(("a", $"{title} {family}, {string.Join(' ', given)}"));
            var read = definition.ToCanonical(whole);
            Assert.True(read.Succeeded ? definition.ToSource(read.Value) is { Succeeded: true, Value: var back } && back == whole : read.Problems is [{ Rule: "name" }], $"{whole} {read.Value}");
        });
    }

    [Fact]
    public void Any_document_gives_a_result_and_never_an_exception()
    {
        var any = Gen.Recursive<JsonValue>((depth, self) => depth > 4
            ? Text
            : Gen.OneOf(
                Text, Gen.Const(JsonValue.Null), Gen.Bool.Select(JsonValue.Of), Gen.Int.Select(number => JsonValue.Of(number)),
                self.Array[0, 3].Select(items => JsonValue.Of(items)),
                Members(("people", self), ("person", self), ("name", self), ("phone", self), ("persons", self), ("roles", self), ("references", self), ("kind", self), ("at", self), ("when", self))));
        any.Hold(document =>
        {
            Small.Translate(document, MappingDirection.In);
            Small.Translate(document, MappingDirection.Out);
        });
    }

    static MappingDefinition Converter(string converter) => Given.Definition(
        Given.Head("both") + $"  - {{ source: a, canonical: b, {converter} }}\n",
        Yaml("{ a: any }"),
        Yaml(converter.StartsWith("list", StringComparison.Ordinal) ? "{ b: [text] }" : "{ b: any }")).Value;

    static SourceNode Yaml(string text) => SourceReader.Read(text, "shorthand").Value;

    static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    // Each member is there or not.
    static Gen<JsonValue> Members(params (string Name, Gen<JsonValue> Value)[] members) => members
        .Select(member => Gen.OneOf(Gen.Const(default((string, JsonValue)?)), member.Value.Select(value => ((string, JsonValue)?)(member.Name, value))))
        .Aggregate(Gen.Const(Array.Empty<(string, JsonValue)>()), (all, next) => Gen.Select(all, next, ((string, JsonValue)[] some, (string, JsonValue)? one) => one is { } found ? (((string, JsonValue)[])[.. some, found]) : some))
        .Select(some => JsonValue.Of(some));
}
