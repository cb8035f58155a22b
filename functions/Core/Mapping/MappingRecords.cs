using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>Records of other versions than the one that a mapping is written against. One of an older version is one of its own; one of a newer may have more.</summary>
public sealed partial class MappingDefinition
{
    /// <summary>The rule that a record breaks by having what only a newer version of it allows.</summary>
    public const string NewerRecord = "newer-record";

    /// <summary>The newest version of its canonical record, if that is not its own; else null.</summary>
    public string? NewerCanonical => newest == record ? null : newest.Reference;

    /// <summary>A canonical record without the members that came with newer versions than the mapping's own. What is left out is for the caller to tell.</summary>
    public NarrowedRecord Narrow(JsonValue document) => records.Narrow(document, record);

    // What a definition looks for in an older version than the one that has it.
    static ImmutableArray<Problem> WithNewer(ImmutableArray<Problem> problems, DefinitionSyntax definition, MappingContext context, CanonicalRecord own)
    {
        var latest = context.Canonical.Newest(own);
        if (latest == own || problems.All(problem => problem.Rule != "unknown-path")) return problems;
        var by = new ProblemList();
        DefinitionCompiler.Compile(definition, context.Source.Shape, latest.Schema.Shape, context.CodeLists, by);
        var still = by.ToImmutable().Select(problem => (problem.Place, problem.Rule)).ToHashSet();
        return [.. problems.Select(problem => problem.Rule == "unknown-path" && !still.Contains((problem.Place, problem.Rule)) ? problem with { Message = MappingMessages.InNewer(problem.Message, latest.Reference) } : problem)];
    }

    /// <summary>What is wrong with a record by the mapping's own version. What is right by the newest has another remedy than the record.</summary>
    internal IEnumerable<Problem> Refused(JsonValue document)
    {
        var wrong = canonical.Validate(document);
        if (newest == record || wrong.IsEmpty) return wrong;
        var still = newest.Schema.Validate(document).Select(problem => (problem.Rule, problem.Path)).ToHashSet();
        return wrong.Select(problem => still.Contains((problem.Rule, problem.Path)) ? problem : problem with { Rule = NewerRecord, Message = MappingMessages.NewerRecord(problem.Message, Reference, record.Reference, newest.Reference) });
    }
}
