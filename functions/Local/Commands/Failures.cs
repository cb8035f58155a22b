using System.Collections.Immutable;
using Interop.Core;

namespace Interop.Local.Commands;

/// <summary>Says why a command cannot go on: one line a reason, on standard error, no stack trace.</summary>
static class Failures
{
    public static int Show(ImmutableArray<Problem> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        return 1;
    }
}
