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

    static bool AreDistinct(int first, Tape tape)
    {
        for (var one = first; one != 0; one = tape.Tokens[one].Next)
        {
            if (tape.Tokens[one].Kind != TokenKind.String) return false;
            for (var other = tape.Tokens[one].Next; other != 0; other = tape.Tokens[other].Next)
            {
                if (tape.Tokens[other].Kind != TokenKind.String || tape.Text(tape.Tokens[one]).SequenceEqual(tape.Text(tape.Tokens[other]))) return false;
            }
        }

        return true;
    }
}
