using System.Collections.Frozen;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>What jq lets a program see of, or do to, the machine it runs on, or takes from its C library, and what becomes of it in a hosted service. This is the whole list.</summary>
static class Restrictions
{
    const string OneValue = "An expression is given a value, not files or lines: use '.'.";
    const string Halts = "An expression cannot stop the platform: use 'error'.";
    const string Special = "Bessel's and the error functions are left to the host: give the expression the value.";
    const string Alone = "There are no modules: an expression stands alone.";

    /// <summary>A program that names one of these does not compile; the reason says what to do instead.</summary>
    public static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["halt/0"]              = Halts,
        ["halt_error/0"]        = Halts,
        ["halt_error/1"]        = Halts,
        ["modulemeta/0"]        = Alone,
        ["get_search_list/0"]   = Alone,
        ["input_line_number/0"] = OneValue,
        ["j0/0"]                = Special,
        ["j1/0"]                = Special,
        ["jn/2"]                = Special,
        ["y0/0"]                = Special,
        ["y1/0"]                = Special,
        ["yn/2"]                = Special,
        ["erf/0"]               = Special,
        ["erfc/0"]              = Special,
        ["now/0"]               = "There is no clock here: give the expression a variable $now.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>These keywords are refused too: nothing is read from disk.</summary>
    public static readonly FrozenSet<string> RefusedKeywords = FrozenSet.Create(StringComparer.Ordinal, "module", "import", "include");

    /// <summary>Variables that are always there, and empty.</summary>
    public static readonly FrozenDictionary<string, JsonValue> Variables = new Dictionary<string, JsonValue>(StringComparer.Ordinal)
    {
        ["ENV"] = JsonValue.EmptyObject,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>These do what they do where there is no environment, no input to come, nowhere to write to, and the only time zone is UTC.</summary>
    public static IEnumerable<Builtin> Harmless() =>
    [
        new("env",            0, (e, v, a) => JsonValue.EmptyObject),
        new("input_filename", 0, (e, v, a) => JsonValue.Null),
        new("input",          0, (e, v, a) => e.Fail(Errors.NoInput)),
        new("inputs",         0, null, (e, v, a) => []),
        new("debug",          0, (e, v, a) => v),
        new("stderr",         0, (e, v, a) => v),
        new("localtime",      0, (e, v, a) => Dates.BrokenDown(e, v)),
        new("strflocaltime",  1, (e, v, a) => Dates.Format(e, v, a[0], "strflocaltime/1")),
    ];
}
