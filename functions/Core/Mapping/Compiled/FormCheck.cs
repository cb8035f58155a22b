namespace Interop.Core.Mapping.Compiled;

/// <summary>What a form says of a list as a whole, the same for a document that came and for one that is written.</summary>
static class FormCheck
{
    /// <summary>More items than this are not compared with each other.</summary>
    public const int MaxCompared = 32;

    /// <summary>Whether a list on the tape has as many items as it may, and none twice where that is said.</summary>
    public static bool Items(Form form, int array, Tape tape)
    {
        ref readonly var list = ref tape.Tokens[array];
        if (list.Length < form.LeastItems || list.Length > form.MostItems) return false;
        return !form.IsUnique || list.Length < 2 || (list.Length <= MaxCompared && AreDistinct(list.Start, tape));
    }

    /// <summary>Whether a number is so written that another of the same value is written the same.</summary>
    public static bool IsShortWhole(ReadOnlySpan<byte> number) => number.Length <= 15 && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    static bool AreDistinct(int first, Tape tape)
    {
        for (var one = first; one != 0; one = tape.Tokens[one].Next)
        {
            ref readonly var item = ref tape.Tokens[one];
            if (item.Kind != TokenKind.String && !(item.Kind == TokenKind.Number && IsShortWhole(tape.Text(item)))) return false;
            for (var other = item.Next; other != 0; other = tape.Tokens[other].Next)
            {
                if (tape.Tokens[other].Kind == item.Kind && tape.Text(item).SequenceEqual(tape.Text(tape.Tokens[other]))) return false;
            }
        }

        return true;
    }
}
