namespace Interop.Core.Mapping.Checking;

/// <summary>What is said of two versions of a mapping.</summary>
static class DiffMessages
{
    public static string Otherwise(string path) => $"The fields that write \"{path}\" are the same, and still this document gives something else there.";

    public static string Refusal(bool isNew, Problem problem) => isNew ? $"A document that was translated is now refused: {problem.Path} {problem.Message}" : $"A document that was refused is now translated; the reason was: {problem.Path} {problem.Message}";

    public static string Format(string before, string after) => $"The system spoke {before}, and now speaks {after}.";

    public static string Place(string where, ShapeChange change)
    {
        var path = change.Path.Length == 0 ? "the whole" : $"\"{change.Path}\"";
        var values = string.Join(" and ", new[] { Values("may also be", change.Added), Values("may no longer be", change.Removed) }.Where(part => part.Length > 0));
        return (change.Before, change.After) switch
        {
            (null, _) => $"In {where} {path} is new: {change.After}.",
            (_, null) => $"In {where} {path} is gone; it was {change.Before}.",
            var (before, after) when before == after => $"In {where} {path} {values}.",
            _ => $"In {where} {path} was {change.Before}, and now is {change.After}{(values.Length == 0 ? "" : $", and {values}")}.",
        };
    }

    static string Values(string may, IReadOnlyCollection<string> values) => values.Count == 0 ? "" : $"{may} {string.Join(", ", values)}";

    public static string Standing(string path, string? before, string? after) => (before, after) switch
    {
        (null, _) => $"Where nothing else says \"{path}\", it is now {after}.",
        (_, null) => $"Where nothing else says \"{path}\", it was {before}, and now is absent.",
        _ => $"Where nothing else says \"{path}\", it was {before}, and now is {after}.",
    };

    public static string Also(string path, FieldLine line) => $"\"{path}\" now also comes from {line.Origin}{If(line)}.";

    public static string NoLonger(string path, FieldLine line) => $"\"{path}\" no longer comes from {line.Origin}{If(line)}.";

    public static string Loss(string path, bool isLossy) => isLossy ? $"For \"{path}\" what could not come back the same was refused, and now is converted." : $"For \"{path}\" what cannot come back the same is now refused; it was converted.";

    public static string Expected(string path, string? before, string? after) => (before, after) switch
    {
        (null, _) => $"\"{path}\" could be anything, and now must be {after}.",
        (_, null) => $"\"{path}\" had to be {before}, and now may be anything.",
        _ => $"\"{path}\" had to be {before}, and now must be {after}.",
    };

    public static string Direction(MappingDirection before, MappingDirection after) => $"The mapping went {Words(before)}, and now goes {Words(after)}.";

    public static string Record(string before, string after) => $"It was about the canonical {before}, and now is about the canonical {after}.";

    public static string RecordVersion(string before, string after) => $"It was written against {before}, and now is written against {after}.";

    public static string New(string path, FieldLine line, MappingDirection way) => way == MappingDirection.In ? $"\"{path}\" is newly known, from {line.Origin}{If(line)}." : $"\"{path}\" is newly sent, from {line.Origin}{If(line)}.";

    public static string Gone(string path, FieldLine line, MappingDirection way) => way == MappingDirection.In ? $"\"{path}\" is no longer known; it came from {line.Origin}{If(line)}." : $"\"{path}\" is no longer sent; it came from {line.Origin}{If(line)}.";

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

    static string If(FieldLine line) => line.Conditions.Length == 0 ? "" : $" if {line.Conditions}";

    static string When(string tests) => tests.Length == 0 ? "always" : $"if {tests}";

    static string Words(MappingDirection direction) => direction switch
    {
        MappingDirection.In => "in only",
        MappingDirection.Out => "out only",
        _ => "both ways",
    };
}
