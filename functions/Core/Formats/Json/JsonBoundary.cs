using System.Runtime.InteropServices;

namespace Interop.Core.Formats;

/// <summary>Finds where one JSON value ends, whether it is well formed or not. The state lives across pieces.</summary>
/// <remarks>What is malformed is bounded where its author most likely ended it: a string ends at a line end, and a bracket closes what was left open within it.</remarks>
[StructLayout(LayoutKind.Auto)]
struct JsonBoundary
{
    // Deeper values are refused when they are parsed; here their brackets only count.
    const int Remembered = 64;

    ulong objects;
    int depth;
    bool inString;
    bool isEscaped;
    bool inScalar;

    /// <summary>The number of bytes up to and with the end of the value; -1 if it does not end in these. A scalar ends before the first byte that is no part of it.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (inString)
            {
                if (!StringEnds(bytes, ref at)) continue;
                inString = false;
                if (depth == 0) return at + 1;
                continue;
            }

            var one = bytes[at];
            if (depth == 0 && inScalar && IsAfterScalar(one)) return at;
            switch (one)
            {
                case (byte)'"': inString = true; break;
                case (byte)'{' or (byte)'[': Open(one == '{'); break;
                case (byte)'}' or (byte)']':
                    if (!Close(one == '}')) return at;
                    if (depth == 0) return at + 1;
                    break;
                default:
                    inScalar |= depth == 0;
                    if (depth > 0) at += NextTelling(bytes[at..]) - 1;
                    break;
            }
        }

        return -1;
    }

    static int NextTelling(ReadOnlySpan<byte> bytes)
    {
        var next = bytes.IndexOfAny("\"{}[]"u8);
        return next < 0 ? bytes.Length : Math.Max(1, next);
    }

    static bool IsAfterScalar(byte one) => one is (byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    bool StringEnds(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (isEscaped)
        {
            isEscaped = false;
            return false;
        }

        var telling = bytes[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
        if (telling < 0)
        {
            at = bytes.Length - 1;
            return false;
        }

        at += telling;
        isEscaped = bytes[at] == '\\';
        return !isEscaped;
    }

    void Open(bool isObject)
    {
        if (depth < Remembered) objects = isObject ? objects | (1UL << depth) : objects & ~(1UL << depth);
        depth++;
    }

    // False if nothing within the value was opened like this: the bracket belongs to what is around it.
    bool Close(bool isObject)
    {
        if (depth > Remembered)
        {
            depth--;
            return true;
        }

        for (var at = depth - 1; at >= 0; at--)
        {
            if ((objects & (1UL << at)) != 0 != isObject) continue;
            depth = at;
            return true;
        }

        return false;
    }
}
