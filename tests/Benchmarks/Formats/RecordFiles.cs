using System.Diagnostics;
using System.Globalization;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Benchmarks.Formats;

/// <summary>Files of many records read as a stream: MiB a second, and the most the heap held. A measurement, not a benchmark: <c>-- record-files 100</c>, in MiB.</summary>
static class RecordFiles
{
    const int PieceBytes = 64 << 10;

    static readonly JsonValue Person = JsonValue.Parse("""
        {"ref":"NS/2026/000123","family":"WITNESS","given":"ALEX JO","born":"1990-04-01","town":"NORTHTOWN","height":"180","remark":"Seen, by the \"Red Lion\", at closing time"}
        """).Value;

    const string Cells = "ref: { type: string }, family: { type: string }, given: { type: string }, born: { type: string }, town: { type: string }, height: { type: string }, remark: { type: string }";

    const string Columns = """
        ref: { type: string, column: { at: 3, width: 14 } }, family: { type: string, column: { at: 17, width: 20 } }, given: { type: string, column: { at: 37, width: 20 } },
        born: { type: string, column: { at: 57, width: 10 } }, town: { type: string, column: { at: 67, width: 20 } }, height: { type: string, column: { at: 87, width: 3 } },
        remark: { type: string, column: { at: 90, width: 60 } }
        """;


    static readonly (string Format, string? Path, string Member, string? Schema)[] Files =
    [
        ("csv", null, "rows", $"type: object\ncsv: {{}}\nproperties: {{ rows: {{ type: array, items: {{ type: object, properties: {{ {Cells} }} }} }} }}"),
        ("fixed-width", null, "rows",
            $"type: object\nfixed-width: {{ tag: {{ at: 1, width: 2 }} }}\nproperties: {{ rows: {{ type: array, items: {{ type: object, record: {{ tag: AB }}, properties: {{ {Columns} }} }} }} }}"),
        ("json", null, "", null),
        ("json", "/data/items", "", null),
        ("xml", "/Persons/Person", "", null),
    ];

    public static void Measure(int mebibytes)
    {
        Console.WriteLine("| file | records | MiB | seconds | MiB/s | most held, collected (KiB) | most on the heap (KiB) |\n|---|---|---|---|---|---|---|");
        foreach (var (format, path, member, schema) in Files)
        {
            var shape = schema is null ? null : Schema.Load(SourceReader.Read(schema.Replace(",\n", ", ", StringComparison.Ordinal), "source.schema.yaml").Value).Value.Shape;
            Read(format, path, member, shape, 1);
            var (records, bytes, seconds, held, heap) = Read(format, path, member, shape, mebibytes);
            var read = bytes / (double)(1 << 20);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {format}{(path is null ? "" : $" at {path}")} | {records} | {read:F0} | {seconds:F2} | {read / seconds:F0} | {held >> 10} | {heap >> 10} |"));
        }
    }

    static (long Records, long Bytes, double Seconds, long Held, long Heap) Read(string format, string? path, string member, Shape? shape, int mebibytes)
    {
        var writer = Format.All[format].WriteRecords(shape, path).Value;
        var reader = Format.All[format].Records(shape, path).Value;
        var (begin, first, next) = (writer.Begin(), writer.Write(member, Person).Value, writer.Write(member, Person).Value);
        byte[] batch = [.. Enumerable.Range(0, (PieceBytes / next.Length) + 1).SelectMany(_ => next)];
        var (records, bytes, held, heap) = (0L, 0L, 0L, 0L);
        var watch = new Stopwatch();
        Feed(begin);
        Feed(first);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var at = 1; bytes < (long)mebibytes << 20; at++)
        {
            Feed(batch);
            heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
            if (at % 160 == 0) held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Feed(writer.End());
        records += reader.End().Count(record => record.Value.Succeeded);
        return (records, bytes, watch.Elapsed.TotalSeconds, held, heap);

        void Feed(byte[] piece)
        {
            bytes += piece.Length;
            watch.Start();
            var found = reader.Feed(piece);
            watch.Stop();
            foreach (var record in found)
                if (!record.Value.Succeeded) throw new InvalidOperationException(record.Value.Problems[0].ToString());
            records += found.Length;
        }
    }
}
