using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// What a schema says of one place, in the form that bytes are checked by. It accepts nothing that the schema refuses; what it cannot tell it refuses, and the
/// interpreter decides. Made by <see cref="FormCompiler"/>, then left alone.
/// </summary>
sealed class Form
{
    public const int MaxMembers = 64;

    /// <summary>Whatever there is.</summary>
    public static Form Any { get; } = MakeAny();

    public JsonTypes Types { get; set; } = JsonTypes.Any;

    public TextRule Text { get; set; } = TextRule.None;

    /// <summary>The only numbers allowed, as they are written; null if all are.</summary>
    public TextTable? Numbers { get; set; }

    public decimal Minimum { get; set; } = decimal.MinValue;

    public decimal Maximum { get; set; } = decimal.MaxValue;

    /// <summary>The names of the members, in the schema's order.</summary>
    public MemberNames Names { get; set; } = MemberNames.None;

    public Form[] Members { get; set; } = [];

    /// <summary>A bit for each member that must be there.</summary>
    public ulong Required { get; set; }

    /// <summary>Bits of two members: if the first is there, so must be the second.</summary>
    public (ulong Beside, ulong Needed)[] Dependents { get; set; } = [];

    /// <summary>What other members are; null if there may be none.</summary>
    public Form? Additional { get; set; }

    public Form? Item { get; set; }

    public int LeastItems { get; set; }

    public int MostItems { get; set; } = int.MaxValue;

    /// <summary>Whether no two items may be the same; only texts and whole numbers are told apart.</summary>
    public bool IsUnique { get; set; }

    public bool Takes(JsonTypes types) => (Types & types) != JsonTypes.None;

    /// <summary>Whether an object with these members lacks none.</summary>
    public bool AcceptsMembers(ulong members)
    {
        if ((members & Required) != Required) return false;
        foreach (var (beside, needed) in Dependents)
        {
            if ((members & beside) != 0 && (members & needed) == 0) return false;
        }

        return true;
    }

    static Form MakeAny()
    {
        var any = new Form();
        (any.Additional, any.Item) = (any, any);
        return any;
    }

    /// <summary>Whether a number as it is written is one that the schema allows.</summary>
    public bool AcceptsNumber(ReadOnlySpan<byte> literal)
    {
        if (!Takes(JsonTypes.Number) && !(Takes(JsonTypes.Integer) && !literal.ContainsAny(".eE"u8))) return false;
        if (Numbers is { } only && only.IndexOf(literal) < 0) return false;
        if (Minimum == decimal.MinValue && Maximum == decimal.MaxValue) return true;
        return literal.Length <= 20 && System.Buffers.Text.Utf8Parser.TryParse(literal, out decimal value, out var read) && read == literal.Length && value >= Minimum && value <= Maximum;
    }
}
