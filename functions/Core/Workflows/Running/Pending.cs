namespace Interop.Core.Workflows.Running;

/// <summary>Finds what a frame and all below it wait for.</summary>
static class Pending
{
    public static IEnumerable<Waiting> In(Frame frame, RunId run) => [];
}
