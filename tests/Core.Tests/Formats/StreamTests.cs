using System.Globalization;
using System.Text;
using Interop.Core.Formats;

namespace Interop.Core.Tests.Formats;

/// <summary>What is measured on the heap is measured alone.</summary>
[CollectionDefinition(nameof(AloneOnTheHeap), DisableParallelization = true)]
public sealed class AloneOnTheHeap;

/// <summary>A file of many records is read and written without being held.</summary>
[Collection(nameof(AloneOnTheHeap))]
public sealed class StreamTests
{
    const int FileBytes = 8 << 20;
    const int PieceBytes = 64 << 10;

    // What is alive while a file is read: pieces, one record, and what a collection has not found yet.
    const long MostGrowth = 2 << 20;

    [Theory]
    [InlineData("csv", null)]
    [InlineData("fixed-width", null)]
    [InlineData("json", null)]
    [InlineData("json", "/data/items")]
    [InlineData("xml", "/Cases/Case")]
    public void A_file_is_read_and_written_in_flat_memory(string format, string? path)
    {
        var shape = format is "csv" ? LayoutTests.ShapeOf("csv", "items") : format is "fixed-width" ? LayoutTests.ShapeOf(format, "persons") : null;
        var known = Format.All[format];
        var (member, record) = format switch
        {
            "csv" => ("rows", """{"ref":"E/1","text":"knife","count":2,"sealed":true}"""),
            "fixed-width" => ("persons", """{"name":"SMITH","warnings":[{"code":"WE"}],"height":180}"""),
            _ => ("", """{"id":"1","name":"A Witness","lines":["a","b"]}"""),
        };
        var value = Interop.Core.Json.JsonValue.Parse(record).Value;
        var writer = known.WriteRecords(shape, path).Value;
        var reader = known.Records(shape, path).Value;
        var (begin, one, next) = (writer.Begin(), writer.Write(member, value).Value, writer.Write(member, value).Value);
        var batch = Enumerable.Range(0, (PieceBytes / next.Length) + 1).SelectMany(_ => next).ToArray();

        var (found, bytes, most) = (0L, 0L, 0L);
        Take(begin);
        Take(one);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        while (bytes < FileBytes)
        {
            Take(batch);
            if (bytes % (1 << 20) < batch.Length) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Take(writer.End());
        found += reader.End().Length;
        Assert.Equal(1 + ((bytes - begin.Length - one.Length - writer.End().Length) / next.Length), found);
        Assert.True(most < MostGrowth, string.Create(CultureInfo.InvariantCulture, $"{most} bytes more were held"));

        void Take(ReadOnlySpan<byte> part)
        {
            bytes += part.Length;
            for (; !part.IsEmpty; part = part[Math.Min(part.Length, PieceBytes)..])
            {
                var records = reader.Feed(part[..Math.Min(part.Length, PieceBytes)]);
                found += records.Length;
                Assert.All(records, each => Assert.Equal(record, each.Value.Value.ToString()));
            }
        }
    }

    [Fact]
    public void A_file_of_one_endless_record_is_not_held()
    {
        var reader = Format.All["csv"].Records(LayoutTests.ShapeOf("csv", "one-column")).Value;
        var piece = Encoding.UTF8.GetBytes(new string('x', PieceBytes));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var bytes = 0; bytes < FileBytes; bytes += piece.Length) Assert.Empty(reader.Feed(piece));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostGrowth);
        Assert.Equal("too-large", reader.End().Single().Value.Problems.Single().Rule);
    }
}
