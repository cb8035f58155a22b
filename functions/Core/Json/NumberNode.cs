using System.Globalization;
using System.Text;

namespace Interop.Core.Json;

public readonly partial struct JsonValue
{
    /// <summary>What a number is beside its double: whether it was written or calculated, and its literal where a double cannot hold it.</summary>
    sealed class NumberNode(string? literal)
    {
        /// <summary>Every number of so many digits is told apart by its double, whose shortest text is those digits.</summary>
        const int ExactDigits = 15;

        static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

        public static readonly NumberNode Calculated = new(null);
        public static readonly NumberNode Written = new(null);

        public string? Literal => literal;

        public static JsonValue Parse(ReadOnlySpan<byte> utf8)
        {
            var value = double.Parse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture);
            return new(IsShortest(value, utf8) ? Written : new NumberNode(Encoding.ASCII.GetString(utf8)), value);
        }

        /// <summary>
        /// A number of few digits, written as its double would be: no text needs to be made to know that none is lost. Both the digits and the
        /// power of ten are doubles, so one division rounds once.
        /// </summary>
        public static bool TryShort(ReadOnlySpan<byte> utf8, out double value)
        {
            value = 0;
            var isNegative = utf8.Length > 0 && utf8[0] == '-';
            var digits = isNegative ? utf8[1..] : utf8;
            if (digits.Length is 0 or > ExactDigits + 1) return false;
            var read = 0L;
            var point = -1;
            for (var i = 0; i < digits.Length; i++)
            {
                var digit = digits[i] - '0';
                if (digit is >= 0 and <= 9) read = (read * 10) + digit;
                else if (digits[i] == '.' && point < 0) point = i;
                else return false;
            }

            var decimals = point < 0 ? 0 : digits.Length - point - 1;
            if (!IsAsWritten(digits, point) || (isNegative && read == 0)) return false;
            value = (isNegative ? -read : read) / PowersOfTen[decimals];
            return true;
        }

        // No leading or trailing zeros, and neither so long nor so small that a double's text would have another form.
        static bool IsAsWritten(ReadOnlySpan<byte> digits, int point)
        {
            if (point < 0) return digits.Length <= ExactDigits && (digits[0] != '0' || digits.Length == 1);
            return point > 0 && digits[^1] is not ((byte)'0' or (byte)'.') && (digits[0] != '0' || point == 1) && !digits.StartsWith("0.000"u8);
        }

        // JSON has no infinities or NaN; as in jq, the largest double and null stand for them.
        public static string Shortest(double value) =>
            double.IsNaN(value) ? "null"
            : double.IsInfinity(value) ? (value > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308")
            : IsPlain(value) && value != 0 ? ((long)value).ToString(CultureInfo.InvariantCulture)
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
