using System.Globalization;
using System.Text;

namespace Interop.Core.Json;

public readonly partial struct JsonValue
{
    /// <summary>What a number is beside its double: whether it was written or calculated, and its literal where a double cannot hold it.</summary>
    sealed class NumberNode(string? literal)
    {
        /// <summary>Every integer of so many digits is a double, and its shortest text is its digits.</summary>
        const int ExactDigits = 15;

        public static readonly NumberNode Calculated = new(null);
        public static readonly NumberNode Written = new(null);

        public string? Literal => literal;

        public static JsonValue Parse(ReadOnlySpan<byte> utf8)
        {
            var value = double.Parse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture);
            return new(IsShortest(value, utf8) ? Written : new NumberNode(Encoding.ASCII.GetString(utf8)), value);
        }

        /// <summary>A short integer without a sign or leading zeros: no text needs to be made to know that none is lost.</summary>
        public static bool TryShort(ReadOnlySpan<byte> utf8, out double value)
        {
            value = 0;
            if (utf8.Length is 0 or > ExactDigits || (utf8[0] == '0' && utf8.Length > 1)) return false;
            var read = 0L;
            foreach (var digit in utf8)
            {
                if (!char.IsAsciiDigit((char)digit)) return false;
                read = (read * 10) + digit - '0';
            }

            value = read;
            return true;
        }

        // JSON has no infinities or NaN; as in jq, the largest double and null stand for them.
        public static string Shortest(double value) =>
            double.IsNaN(value) ? "null"
            : double.IsInfinity(value) ? (value > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308")
            : IsPlain(value) ? value.ToString("F0", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();

        static bool IsPlain(double value) => value == Math.Truncate(value) && Math.Abs(value) < 1e17;

        static bool IsShortest(double value, ReadOnlySpan<byte> utf8)
        {
            if (!double.IsFinite(value)) return false;
            Span<byte> text = stackalloc byte[32];
            if (!value.TryFormat(text, out var length, IsPlain(value) ? "F0" : "R", CultureInfo.InvariantCulture)) return false;
            // "R" writes an E where the shortest text has an e.
            var exponent = text[..length].IndexOf((byte)'E');
            if (exponent >= 0) text[exponent] = (byte)'e';
            return text[..length].SequenceEqual(utf8);
        }
    }
}
