using CsCheck;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Tests.Json;

namespace Interop.Core.Tests.Formats;

/// <summary>What holds for every document of CSV and fixed width: what can be written comes back the same, as a whole and record by record.</summary>
public sealed class LayoutLaws
{
    const string Telling = "a ,;\"'\r\n0*é€\uFEFF";

    static readonly string[] Literals = ["0.50", "1e3", "-0", "12345678901234567890"];

    static readonly Gen<string> Text = Gen.OneOf(JsonGen.Text, Gen.String[Gen.Int[0, Telling.Length - 1].Select(at => Telling[at]), 0, 6]);
    static readonly Gen<JsonValue> Number = Gen.OneOf(Gen.Int[-99, 9_999].Select(number => JsonValue.Of(number)), Gen.Int[0, Literals.Length - 1].Select(at => JsonValue.OfNumber(Literals[at])));

    static readonly Gen<JsonValue> CsvRow = Members(("ref", Texts), ("text", Texts), ("count", Number), ("sealed", Gen.Bool.Select(JsonValue.Of)));

    static readonly Gen<JsonValue> Person = Gen.Select(
        Members(("name", Texts), ("height", Number)), Members(("code", Texts)).Array[0, 3], Members(("town", Texts)), Gen.Bool,
        (person, warnings, address, hasAddress) => hasAddress ? person.With("warnings", JsonValue.Of(warnings)).With("address", address) : person.With("warnings", JsonValue.Of(warnings)));

    static Gen<JsonValue> Texts => Text.Select(text => JsonValue.Of(text));

    [Theory]
    [InlineData("csv", "items")]
    [InlineData("csv", "bare")]
    [InlineData("csv", "one-column")]
    [InlineData("fixed-width", "persons")]
    [InlineData("fixed-width", "plain")]
    public void What_is_written_is_read_again(string format, string schema)
    {
        var shape = LayoutTests.ShapeOf(format, schema);
        var document = schema switch
        {
            "items" => CsvRow.Array[0, 4].Select(rows => JsonValue.Of(("rows", JsonValue.Of(rows)))),
            "bare" => Members(("a", Texts), ("b", Number)).Array[0, 4].Select(rows => JsonValue.Of(("rows", JsonValue.Of(rows)))),
            "one-column" => Members(("a", Texts)).Array[0, 4].Select(rows => JsonValue.Of(("rows", JsonValue.Of(rows)))),
            "plain" => Members(("a", Texts), ("b", Texts), ("c", Gen.Bool.Select(JsonValue.Of))).Array[0, 4].Select(rows => JsonValue.Of(("rows", JsonValue.Of(rows)))),
            _ => Gen.Select(Person.Array[0, 3], Members(("made", Texts)), (persons, header) => JsonValue.Of(("header", header), ("persons", JsonValue.Of(persons)))),
        };
        var written = 0;
        document.Hold(value =>
        {
            var bytes = Format.All[format].Write(value, shape);
            if (!bytes.Succeeded) return true;
            Interlocked.Increment(ref written);
            var records = RecordTests.Read(Format.All[format].Records(shape).Value, bytes.Value, 3);
            return Format.All[format].Read(bytes.Value, shape).Value == WithoutEmpty(value) && records.TrueForAll(record => record.Value.Succeeded);
        }, everyTime: 3_000);
        Assert.InRange(written, 300, 3_000);
    }

    // Absent and empty are the same.
    static JsonValue WithoutEmpty(JsonValue value) => value.Kind switch
    {
        JsonKind.Array => JsonValue.Of(value.Items.Select(WithoutEmpty)),
        JsonKind.Object => JsonValue.Of(value.Members.Where(member => member.Value != "").Select(member => KeyValuePair.Create(member.Key, WithoutEmpty(member.Value)))),
        _ => value,
    };

    static Gen<JsonValue> Members(params (string Name, Gen<JsonValue> Value)[] members) => members.Aggregate(
        Gen.Const(JsonValue.EmptyObject),
        (all, member) => Gen.Select(all, member.Value, Gen.Int[0, 3], (made, value, coin) => coin == 0 ? made : made.With(member.Name, value)));
}
