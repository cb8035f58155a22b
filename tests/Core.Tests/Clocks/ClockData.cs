using Interop.Core.Clocks;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Clocks;

/// <summary>The clocks as they are delivered, found above the test's own folder.</summary>
static class ClockData
{
    public static ClockTable Table { get; } = ClockTable.Load(Read("clocks/victims-code.yaml"), Read("clocks/bank-holidays-england-wales.yaml")).Value;

    public static SourceNode Read(string file) => SourceReader.Read(File.ReadAllText(Path.Combine(Folder("mappings"), file)), file).Value;

    public static string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, name)) && File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) return Path.Combine(at.FullName, name);
        throw new DirectoryNotFoundException(name);
    }
}
