using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Reads the items of one list of a JSON document, each by itself. Of what stands beside the list only the structure is looked at.</summary>
sealed class JsonListReader(ImmutableArray<string> path, RecordLimits limits) : RecordReader(limits)
{
    readonly List<Level> open = [];
    Expected expected = Expected.Value;
    JsonBoundary boundary;
    bool inValue;
    bool isFound;

    enum Expected
    {
        Value,
        ValueOrEnd,
        Name,
        NameOrEnd,
        Colon,
        CommaOrEnd,
        Nothing,
    }

    /// <summary>An object or list around what is read.</summary>
    /// <param name="IsObject">Which of the two.</param>
    /// <param name="OnPath">How many steps of the path lead here; -1 beside it.</param>
    sealed record Level(bool IsObject, int OnPath)
    {
        public string Name { get; set; } = "";
    }

    bool InList => open is [.., { IsObject: false } level] && level.OnPath == path.Length;

    bool IsValueDue => expected is Expected.Value or Expected.ValueOrEnd;

    bool IsNameDue => expected is Expected.Name or Expected.NameOrEnd;

    private protected override (int Bytes, Scanned What) Scan(ReadOnlySpan<byte> bytes)
    {
        if (inValue)
        {
            var end = boundary.Find(bytes);
            if (end < 0) return (bytes.Length, Scanned.Part);
            inValue = false;
            return (end, Scanned.End);
        }

        var blank = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        if (blank != 0) return (blank < 0 ? bytes.Length : blank, Scanned.Gap);
        var first = bytes[0];
        if (first is (byte)'}' or (byte)']' or (byte)',' or (byte)':') return Mark(first);
        if (!(IsValueDue || (IsNameDue && first == '"'))) return Wrong();
        if (IsValueDue && !InList && (first is (byte)'{' or (byte)'[')) return Begin(first == '{');
        (inValue, boundary) = (true, default);
        return (0, Scanned.Gap);
    }

    private protected override void Take(ReadOnlySpan<byte> record, Position start, bool last)
    {
        if (IsNameDue)
        {
            var name = JsonValue.Parse(record, new JsonLimits(Limits.Record.MaxBytes, 1));
            if (!name.Succeeded) Stop(start, name.Problems);
            else open[^1].Name = name.Value.AsString();
            expected = Expected.Colon;
            return;
        }

        if (InList) Emit(start, "", JsonFormat.Read(record, null, Limits.Record));
        else if (OnPathBelow() == path.Length) Stop(start, new Problem("path", FormatMessages.NoList(JsonPath)));
        expected = open.Count == 0 ? Expected.Nothing : Expected.CommaOrEnd;
    }

    private protected override void Refuse(Position start, Problem problem)
    {
        if (InList) Emit(start, "", problem);
        else Stop(start, problem);
        expected = Expected.CommaOrEnd;
    }

    private protected override void Finish()
    {
        if (expected != Expected.Nothing) Stop(Here, new Problem("syntax", FormatMessages.EndsTooSoon("JSON")));
        else if (!isFound) Stop(Here, new Problem("path", FormatMessages.NoList(JsonPath)));
    }

    string JsonPath => string.Concat(path.Select(name => "/" + JsonPointer.Escape(name)));

    // How many steps of the path lead to the value that comes next; -1 beside it.
    int OnPathBelow()
    {
        if (open.Count == 0) return 0;
        var level = open[^1];
        return level.IsObject && level.OnPath >= 0 && level.OnPath < path.Length && path[level.OnPath] == level.Name ? level.OnPath + 1 : -1;
    }

    (int, Scanned) Begin(bool isObject)
    {
        var below = OnPathBelow();
        if (open.Count >= Limits.Record.MaxDepth) return Refused("too-deep", FormatMessages.TooDeep(Limits.Record.MaxDepth));
        if (below == path.Length)
        {
            if (isObject) return Refused("path", FormatMessages.NoList(JsonPath));
            if (isFound) return Refused("duplicate-name", FormatMessages.ListTwice(JsonPath));
            isFound = true;
        }

        open.Add(new Level(isObject, below));
        expected = isObject ? Expected.NameOrEnd : Expected.ValueOrEnd;
        return (1, Scanned.Gap);
    }

    (int, Scanned) Mark(byte mark)
    {
        Expected? next = (mark, expected) switch
        {
            ((byte)':', Expected.Colon) => Expected.Value,
            ((byte)',', Expected.CommaOrEnd) => open[^1].IsObject ? Expected.Name : Expected.Value,
            ((byte)'}', Expected.NameOrEnd or Expected.CommaOrEnd) when open[^1].IsObject => Expected.CommaOrEnd,
            ((byte)']', Expected.ValueOrEnd or Expected.CommaOrEnd) when !open[^1].IsObject => Expected.CommaOrEnd,
            _ => null,
        };
        if (next is null) return Wrong();
        expected = next.Value;
        if (mark is (byte)'}' or (byte)']')
        {
            open.RemoveAt(open.Count - 1);
            if (open.Count == 0) expected = Expected.Nothing;
        }

        return (1, Scanned.Gap);
    }

    (int, Scanned) Wrong() => Refused("syntax", FormatMessages.NotJsonHere);

    (int, Scanned) Refused(string rule, string message)
    {
        Stop(Here, new Problem(rule, message));
        return (0, Scanned.Gap);
    }
}
