namespace Interop.Core.Mapping.Checking;

/// <summary>What is said of two versions of a mapping.</summary>
static class DiffMessages
{
    public const string Otherwise = "The fields are the same, and still this document becomes something else.";

    public static string Direction(MappingDirection before, MappingDirection after) => $"The mapping went {Words(before)}, and now goes {Words(after)}.";

    public static string Record(string before, string after) => $"It was about the canonical {before}, and now is about the canonical {after}.";

    public static string New(string path, string origin, MappingDirection way) => way == MappingDirection.In ? $"\"{path}\" is newly known, from {origin}." : $"\"{path}\" is newly sent, from {origin}.";

    public static string Gone(string path, string origin, MappingDirection way) => way == MappingDirection.In ? $"\"{path}\" is no longer known; it came from {origin}." : $"\"{path}\" is no longer sent; it came from {origin}.";

    public static string Origin(string path, string before, string after) => $"\"{path}\" came from {before}, and now comes from {after}.";

    public static string Converter(string path, string before, string after) => $"\"{path}\" was converted by {Named(before)}, and now by {Named(after)}.";

    public static string Program(string path) => $"\"{path}\" is computed by another program.";

    public static string Condition(string path, string before, string after) => $"\"{path}\" was written {When(before)}, and now {When(after)}.";

    public static string Code(string path, string code, string? before, string? after) => (before, after) switch
    {
        (null, _) => $"For \"{path}\" the code {code} is newly known: {after}.",
        (_, null) => $"For \"{path}\" the code {code}, which was {before}, is now refused.",
        _ => $"For \"{path}\" the code {code} was {before}, and now is {after}.",
    };

    static string Named(string converter) => converter.Length == 0 ? "nothing" : converter;

    static string When(string tests) => tests.Length == 0 ? "always" : $"if {tests}";

    static string Words(MappingDirection direction) => direction switch
    {
        MappingDirection.In => "in only",
        MappingDirection.Out => "out only",
        _ => "both ways",
    };
}
