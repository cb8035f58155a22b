using System.Collections.Immutable;

namespace Interop.Core;

/// <summary>Collects problems while something is read or checked, so that all are reported and not only the first.</summary>
/// <remarks>Not thread-safe. Keeps at most <see cref="Limit"/>; a further one is counted and reported as one last line.</remarks>
public sealed class ProblemList
{
    /// <summary>The number of problems kept.</summary>
    public const int Limit = 1_000;

    // Made with the first problem: most lists stay empty.
    ImmutableArray<Problem>.Builder? problems;
    int left;

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => problems is null;

    /// <summary>The number of problems kept so far.</summary>
    public int Count => problems?.Count ?? 0;

    /// <summary>Adds a problem.</summary>
    public void Add(Problem problem)
    {
        problems ??= ImmutableArray.CreateBuilder<Problem>();
        if (problems.Count < Limit) problems.Add(problem);
        else left++;
    }

    /// <summary>Adds a problem at a place in a file.</summary>
    public void Add(Place? place, string rule, string message, string path = "", string? value = null) =>
        Add(new Problem(rule, message, path, value is null ? null : Problem.Preview(value), place));

    /// <summary>Adds all of <paramref name="more"/>.</summary>
    public void AddRange(IEnumerable<Problem> more)
    {
        foreach (var problem in more) Add(problem);
    }

    /// <summary>The problems as an immutable list.</summary>
    public ImmutableArray<Problem> ToImmutable() =>
        problems is null ? [] : left == 0 ? problems.ToImmutable() : problems.ToImmutable().Add(new Problem("too-many", $"{left} further problems are not shown."));

    /// <summary><paramref name="value"/> if nothing was found, else the problems.</summary>
    public Outcome<T> Or<T>(Func<T> value) => IsEmpty ? value() : ToImmutable();
}
