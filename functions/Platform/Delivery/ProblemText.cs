using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Mapping;

namespace Interop.Platform.Delivery;

/// <summary>Problems in a line for lists and errors, which people see who may not see the record.</summary>
static class ProblemText
{
    const int Most = 10;

    /// <summary>Places and rules, such as <c>/persons/0/name: max-length; /offence: unknown-code</c>; no values.</summary>
    public static string WithoutValues(ImmutableArray<Problem> problems) =>
        string.Join("; ", problems.Take(Most).Select(problem => problem.Path.Length == 0 ? problem.Rule : $"{problem.Path}: {problem.Rule}"))
        + (problems.Length > Most ? $"; and {problems.Length - Most} more" : "");

    /// <summary>The same of a record that goes out; where it has what came with a newer version than the mapping is written against, with both.</summary>
    public static string WithoutValues(ImmutableArray<Problem> problems, MappingDefinition mapping) =>
        WithoutValues(problems) + (problems.Any(problem => problem.Rule == MappingDefinition.NewerRecord) ? $" ({mapping.Reference} is written against {mapping.CanonicalReference}, and there is {mapping.NewerCanonical}: write its next version against that, or leave the field out)" : "");
}
