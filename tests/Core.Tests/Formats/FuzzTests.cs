using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using Interop.Core.Tests.Json;
using Interop.Core.Tests.Mapping;

namespace Interop.Core.Tests.Formats;

/// <summary>
/// Documents of every format, canonical records, definitions and schemas with bytes changed anywhere: the answer is a value or problems, never an exception. On one core,
/// <c>INTEROP_FUZZ=10000000 dotnet test -c Release tests/Core.Tests --filter FuzzTests</c> tries ten million. What this found stands in Cases/fuzz-found.yaml.
/// </summary>
public sealed class FuzzTests
{
    const string NumberVariable = "INTEROP_FUZZ";
    const int EveryDay = 2_000;
    const int LongestPreview = 60;

    // One in so many inputs is a definition: it costs a hundred times what a document does.
    const int DefinitionShare = 100;

    static readonly long Inputs = long.TryParse(Environment.GetEnvironmentVariable(NumberVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : EveryDay;

    [ThreadStatic]
    static ArrayBufferWriter<byte>? output;

    static readonly Seed[] Seeds = [.. OfMappings(), .. OfLayouts(), .. OfRecords(), .. OfText()];

    static readonly string[] Definitions =
        [.. Directory.GetFiles(Path.Combine(Repository.Mappings, "maps"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal), .. Directory.GetFiles(Path.Combine(Repository.Mappings, "canonical"), "*.yaml").Order(StringComparer.Ordinal)];

    /// <summary>A document, how it is read, and what translates it.</summary>
    sealed record Seed(byte[] Bytes, Format Format, Shape? Shape, string? Path, MappingDefinition? Mapping, MappingDirection Way = MappingDirection.In);

    public static TheoryData<string> Found => new(Cases.Select(one => one["case"].AsString()));

    static IReadOnlyList<JsonValue> Cases => SourceReader.Read(
        File.ReadAllText(Path.Combine(Repository.Mappings, "..", "tests", "Core.Tests", "Formats", "Cases", "fuzz-found.yaml")), "fuzz-found.yaml").Value.ToJson().Items;

    [Fact]
    public void A_document_changed_anywhere_is_a_value_or_problems() =>
        Gen.Select(Gen.Int[0, Seeds.Length - 1], Mutation.Any, Gen.Int[1, 64]).Hold(
            (at, change, pieceBytes) => Holds(Seeds[at], change(Seeds[at].Bytes), pieceBytes),
            everyTime: Inputs);

    [Fact]
    public void A_definition_changed_anywhere_is_one_or_problems() =>
        Gen.Select(Gen.Int[0, Definitions.Length - 1], Mutation.Any).Hold(
            (at, change) => Told(Definition(Encoding.UTF8.GetString(change(File.ReadAllBytes(Definitions[at])))), "a definition", change(File.ReadAllBytes(Definitions[at]))),
            everyTime: Math.Max(1, Inputs / DefinitionShare));

    [Theory]
    [MemberData(nameof(Found))]
    public void What_was_found_is_a_value_or_problems(string name)
    {
        var given = Cases.Single(one => one["case"] == name);
        var bytes = LayoutTests.Bytes(given, "text", "bytes")!;
        if (given["format"].StringOrNull is not { } format) Assert.True(Definition(Encoding.UTF8.GetString(bytes)));
        else
        {
            var mapping = given["mapping"].StringOrNull is { } map ? Repository.Load(map).Value : null;
            var seed = new Seed(bytes, Format.All[format], mapping?.SourceSchema.Shape ?? RecordTests.ShapeOf(given), given["path"].StringOrNull, mapping);
            Assert.True(Whole(seed, bytes) && Records(seed, bytes, 3));
        }
    }

    static bool Holds(Seed seed, byte[] bytes, int pieceBytes)
    {
        var about = $"{seed.Format.Name} at {seed.Path} {seed.Mapping?.Name}, {pieceBytes} bytes a piece";
        return Told(Whole(seed, bytes), $"the whole, {about}", bytes) && Told(Records(seed, bytes, pieceBytes), $"records, {about}", bytes);
    }

    // What is told makes a case.
    static bool Told(bool holds, string about, byte[] bytes) => holds ? true : throw new InvalidOperationException($"{about}: {Convert.ToBase64String(bytes)}");

    static bool Whole(Seed seed, byte[] bytes)
    {
        var read = seed.Format.Read(bytes, seed.Shape);
        if (!read.Succeeded) return read.Problems.All(problem => IsTold(problem, bytes.Length)) && (seed.Mapping is null || !Compiled(seed.Mapping, seed.Way, bytes));
        var written = seed.Format.Write(read.Value, seed.Shape);
        if (written.Succeeded ? seed.Format.Read(written.Value, seed.Shape, new FormatLimits(16 << 20, 64)) is { Succeeded: false } : written.Problems.Any(problem => !IsTold(problem, null))) return false;
        return seed.Mapping is null || Translated(seed.Mapping, seed.Way, bytes, read.Value);
    }

    // From bytes and to bytes, as a host does; what comes in goes out again where the mapping goes both ways.
    static bool Translated(MappingDefinition mapping, MappingDirection way, byte[] bytes, JsonValue document)
    {
        if (way == MappingDirection.Out) return mapping.Send(document).Problems.All(problem => IsTold(problem, null));
        var received = mapping.Receive(bytes, []).Value.Result;
        return received.Problems.All(problem => IsTold(problem, null)) && (!mapping.Direction.HasFlag(MappingDirection.Out) || mapping.Send(received.Value).Problems.All(problem => IsTold(problem, null)));
    }

    static bool Compiled(MappingDefinition mapping, MappingDirection way, byte[] bytes)
    {
        (output ??= new ArrayBufferWriter<byte>()).ResetWrittenCount();
        return way == MappingDirection.In ? mapping.TryReceive(bytes, output) : mapping.TryTranslate(bytes, way, output);
    }

    // In pieces of any length it is the same file.
    static bool Records(Seed seed, byte[] bytes, int pieceBytes)
    {
        if (seed.Format.Records(seed.Shape, seed.Path) is not { Succeeded: true } one || seed.Format.Records(seed.Shape, seed.Path) is not { Succeeded: true } other) return true;
        var records = RecordTests.Read(one.Value, bytes, pieceBytes);
        var whole = RecordTests.Read(other.Value, bytes, Math.Max(1, bytes.Length));
        return records.Select(Line).SequenceEqual(whole.Select(Line), StringComparer.Ordinal)
            && records.TrueForAll(record => record.Value.Problems.All(problem => IsTold(problem, bytes.Length)));
    }

    static bool Definition(string text)
    {
        var root = SourceReader.Read(text, "fuzz.yaml");
        if (!root.Succeeded) return root.Problems.All(problem => IsTold(problem, null));
        var schema = Schema.Load(root.Value, _ => root.Value);
        if (schema.Succeeded)
            foreach (var format in Format.All.Values)
                if (!format.Check(schema.Value.Shape).All(problem => IsTold(problem, null))) return false;
        var mapping = MappingDefinition.Load(root.Value, new MappingContext(Repository.Records, schema.Succeeded ? schema.Value : Repository.Canonical["incident"], Repository.CodeLists));
        return schema.Problems.Concat(mapping.Problems).All(problem => IsTold(problem, null));
    }

    static bool IsTold(Problem problem, int? length) =>
        problem.Rule.Length > 0 && problem.Message.Length > 0 && !(problem.Value?.Length > LongestPreview) && (length is null || problem.Offset is null || (problem.Offset >= 0 && problem.Offset <= length));

    static string Line(FormatRecord record) =>
        $"{record.Number} {record.Offset} {record.Member} {(record.Value.Succeeded ? record.Value.Value.ToString() : string.Join(", ", record.Value.Problems.Select(problem => $"{problem} {problem.Offset}")))}";

    static IEnumerable<Seed> OfMappings() =>
        from map in Repository.Maps
        let mapping = Repository.Load(map).Value
        from file in Directory.GetFiles(Path.Combine(Repository.Mappings, "maps", map, "examples"))
        let isCanonical = file.EndsWith(".canonical.json", StringComparison.Ordinal)
        let way = isCanonical ? MappingDirection.Out : MappingDirection.In
        where (isCanonical || file.EndsWith($".source.{mapping.Format}", StringComparison.Ordinal)) && mapping.Direction.HasFlag(way)
        select new Seed(OnOneLine(file), Format.All[isCanonical ? "json" : mapping.Format], isCanonical ? mapping.CanonicalSchema.Shape : mapping.SourceSchema.Shape, null, mapping, way);

    // As a file of records JSON has one document a line: of a line each, an example would be a hundred wrong ones.
    static byte[] OnOneLine(string file) => file.EndsWith(".json", StringComparison.Ordinal) ? JsonValue.Parse(File.ReadAllBytes(file)).Value.ToUtf8() : File.ReadAllBytes(file);

    static IEnumerable<Seed> OfLayouts() =>
        from format in new[] { "csv", "fixed-width" }
        from one in LayoutTests.Cases(format)
        where one["write"].IsNull
        select new Seed(LayoutTests.Bytes(one, "document", "bytes")!, Format.All[format], LayoutTests.ShapeOf(format, one["schema"].AsString()), null, null);

    static IEnumerable<Seed> OfRecords() =>
        RecordTests.Cases.Select(one => new Seed(LayoutTests.Bytes(one, "document", "bytes")!, Format.All[one["format"].AsString()], RecordTests.ShapeOf(one), one["path"].StringOrNull, null));

    static IEnumerable<Seed> OfText() =>
        XmlReadTests.Seeds.Select(bytes => new Seed(bytes, Format.All["xml"], XmlReadTests.AttendanceShape, "/Attendance/people", null))
            .Append(new Seed([.. "[1, 2.50, 1e999, 12345678901234567890, \"\\ud83d\\ude00\", {\"a\": [{}]}]"u8], Format.All["json"], null, "", null));
}
