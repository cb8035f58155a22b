using System.Net;
using System.Net.Sockets;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Tests.Storage;

namespace Interop.Local.Tests.Commands;

/// <summary>What cannot start says so: a line a reason on standard error, exit code 1, no stack trace.</summary>
public sealed class StartingTests : IDisposable
{
    readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("interop");

    public void Dispose() => scratch.Delete(recursive: true);

    public static TheoryData<string, string[]> WrongWords { get; } = new()
    {
        { "nonsense", ["'nonsense'"] },
        { "--nonsense", ["'--nonsense'"] },
        { "audit", ["command was not provided"] },
        { "--port", ["'--port'"] },
        { "--port abc", ["--port \"abc\" is not a port from 0 to 65535."] },
        { "--port 65536", ["--port \"65536\" is not a port from 0 to 65535."] },
        { "--port -1", ["--port \"-1\" is not a port from 0 to 65535."] },
        { "--clock-scale -1", ["--clock-scale \"-1\" is not a number above 0 and at most 100000000."] },
        { "--clock-scale NaN", ["--clock-scale \"NaN\" is not a number above 0 and at most 100000000."] },
        { "--folder ", ["--folder \"\" is not the path of a folder."] },
        { "demo --port x --clock-start yesterday", ["--port \"x\"", "--clock-start \"yesterday\" is not a time"] },
        { "--system rms --system a=ftp://b", ["--system \"rms\" is not of the form id=http://host:port.", "--system \"a=ftp://b\" is not of the form"] },
    };

    [Theory]
    [MemberData(nameof(WrongWords))]
    public async Task Words_Wrong_AreEachNamedInALine(string words, string[] expected) => Refused(expected, await ChildProcess.Run(words.Split(' ')));

    [Fact]
    public async Task System_Unknown_IsRefusedWithTheKnownOnes() =>
        Refused(["--system nobody names a system that no definition has. Known are: case-management"], await Serve("store", "--system", "nobody=http://127.0.0.1:1"));

    [Fact]
    public async Task Port_InUse_IsNamed()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await PublishedStore.Put(Below("store"));

        Refused([$"Port {port} of 127.0.0.1 is in use. Stop what uses it, or choose another with --port."], await ChildProcess.Run("--port", $"{port}", "--folder", Below("store"), "--mappings", TestPlatform.Mappings));
    }

    // Root ignores permissions, so a file stands where the folder should be.
    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public async Task Folder_Unusable_IsNamed(string folder)
    {
        await File.WriteAllTextAsync(Below("file"), "");

        Refused([$"The store's folder {Below(folder)} cannot be created"], await Serve(folder));
    }

    [Fact]
    public async Task Keys_NotJson_AreNamed()
    {
        Directory.CreateDirectory(Below("store"));
        await File.WriteAllTextAsync(Below("store/keys.json"), "not json");

        Refused([$"{Below("store/keys.json")} is not JSON."], await Serve("store"));
    }

    [Fact]
    public async Task Store_HeldByAnotherHost_IsNamed()
    {
        await PublishedStore.Put(Below("store"));
        var (child, _) = await ChildProcess.Serve(Below("store"));
        await using (child) Refused([$"The store in {Below("store")} is in use by another process."], await Serve("store"));
    }

    [Fact]
    public async Task Mappings_Missing_AreNamed() => Refused(["There is no definitions folder at"], await ChildProcess.Run("check", "--mappings", Below("nowhere")));

    [Fact]
    public async Task Definitions_Broken_AreAllNamedWithFileLineAndReason()
    {
        var mappings = DefinitionsCopy.To(Below("mappings"));
        DefinitionsCopy.Change(mappings, "agreements/northshire-cps-prosecution.yaml", "version: 1", "version: one");
        DefinitionsCopy.Change(mappings, "workflows/victim-journey.yaml", "do:", "nonsense: [\ndo:");
        await File.WriteAllBytesAsync(Path.Combine(mappings, "organisations/court.yaml"), [0x61, 0xC3, 0x28]);
        string[] inFiles = ["organisations/court.yaml:1:1: The file is not text in UTF-8."];
        Refused(inFiles, await ChildProcess.Run("check", "--mappings", mappings));

        File.Copy(Path.Combine(TestPlatform.Mappings, "organisations/court.yaml"), Path.Combine(mappings, "organisations/court.yaml"), overwrite: true);
        string[] inDefinitions = ["workflows/victim-journey.yaml:", "agreements/northshire-cps-prosecution.yaml:4:10: \"version\" must be a whole number"];
        Refused(inDefinitions, await ChildProcess.Run("--port", "0", "--folder", Below("store"), "--mappings", mappings));
        Refused(inDefinitions, await ChildProcess.Run("check", "--mappings", mappings));
        Assert.False(Directory.Exists(Below("store")));
    }

    string Below(string path) => Path.Combine(scratch.FullName, path);

    Task<(int ExitCode, string Output, string[] Errors)> Serve(string folder, params string[] more) =>
        ChildProcess.Run(["--port", "0", "--folder", Below(folder), "--mappings", TestPlatform.Mappings, .. more]);

    static void Refused(string[] expected, (int ExitCode, string Output, string[] Errors) ended)
    {
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.True(expected.Length == ended.Errors.Length, string.Join('\n', ended.Errors));
        foreach (var (start, line) in expected.Zip(ended.Errors)) Assert.Contains(start, line, StringComparison.Ordinal);
        Assert.DoesNotContain(ended.Errors, line => line.StartsWith("at ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }
}
