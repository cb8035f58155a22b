using Interop.Local.Tests.Journeys;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Commands;

/// <summary><c>audit verify</c> beside a running platform, over a log of two days with three lines each.</summary>
public sealed class AuditVerifyTests : IAsyncLifetime
{
    const string First = "northshire|audit|2026-03-02";
    const string Second = "northshire|audit|2026-03-03";

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.Start(clock);
        for (var day = 0; day < 2; day++)
        {
            for (var line = 0; line < 3; line++) await platform.Post("rms", "status-event", "{}"u8.ToArray(), key: "wrong");
            clock.Advance(TimeSpan.FromDays(1));
        }
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Verify_BesideARunningPlatform_IsIntact()
    {
        var (exitCode, output, errors) = await Verify();

        Assert.True((exitCode, errors.Length) == (0, 0), output + string.Join('\n', errors));
        Assert.Contains("northshire: 6 lines, intact; head 6:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AfterAKill_ReadsWhatTheLogOfTheStoreHolds()
    {
        var copy = Directory.CreateTempSubdirectory("interop");
        foreach (var file in Directory.GetFiles(platform.Folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))) File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));

        var (exitCode, output, _) = await ChildProcess.Run("audit", "verify", "--folder", copy.FullName);

        copy.Delete(recursive: true);
        Assert.Equal(0, exitCode);
        Assert.Contains("northshire: 6 lines, intact", output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Tampering { get; } = new()
    {
        { "a change", $"UPDATE entry SET body = CAST(replace(body, 'the signature is wrong', 'all was well here now') AS BLOB) WHERE partition = '{First}' AND key = 'entry|000000000002'", "2026-03-02 changed: Line 2 was changed." },
        { "garbage", $"UPDATE entry SET body = x'00' WHERE partition = '{First}' AND key = 'entry|000000000002'", "2026-03-02 changed: Line 2 was changed." },
        { "a removal", $"DELETE FROM entry WHERE partition = '{First}' AND key = 'entry|000000000002'", "2026-03-02 missing: Line 2 is missing." },
        { "an addition", $"INSERT INTO entry SELECT partition, 'entry|000000000002a', version, due, CAST(replace(body, 'refused-access', 'consultation') AS BLOB) FROM entry WHERE partition = '{First}' AND key = 'entry|000000000002'", "2026-03-02 added: A line that says it is number 2 was put in." },
        { "a copy in another day", $"INSERT INTO entry SELECT '{Second}', 'entry|000000000009', version, due, body FROM entry WHERE partition = '{First}' AND key = 'entry|000000000002'", "2026-03-03 added: A line that says it is number 2 was put in." },
        { "an exchange", $"UPDATE entry SET key = CASE key WHEN 'entry|000000000001' THEN 'entry|x' ELSE 'entry|000000000001' END WHERE partition = '{First}' AND key LIKE 'entry|00000000000_' AND key < 'entry|000000000003'; UPDATE entry SET key = 'entry|000000000002' WHERE key = 'entry|x'", "2026-03-02 reordered: Line 2 stands where line 1 belongs." },
        { "the last line cut off", $"DELETE FROM entry WHERE partition = '{Second}' AND key = 'entry|000000000006'", "2026-03-03 missing: Line 6 is missing." },
        {
            "the last line cut off and the head put back by hand",
            $"UPDATE entry SET body = CAST((SELECT json_object('organisation', 'northshire', 'day', '2026-03-03', 'sequence', 5, 'hash', json_extract(CAST(line.body AS TEXT), '$.hash'), 'seal', json_extract(CAST(entry.body AS TEXT), '$.seal')) FROM entry AS line WHERE line.partition = '{Second}' AND line.key = 'entry|000000000005') AS BLOB) WHERE partition = '{Second}' AND key = 'head'; DELETE FROM entry WHERE partition = '{Second}' AND key = 'entry|000000000006'",
            "2026-03-03 head-mismatch: The head of 2026-03-03 was changed."
        },
        { "the head", $"DELETE FROM entry WHERE partition = '{Second}' AND key = 'head'", "2026-03-03 head-mismatch: The head of 2026-03-03 is missing." },
        { "the last day", $"DELETE FROM entry WHERE partition = '{Second}' OR partition = 'northshire|audit-days' AND key = '2026-03-03'", "2026-03-02 missing: The log ends with line 3, but line 4 was written on 2026-03-03: lines were cut off the end." },
        { "the first day", $"DELETE FROM entry WHERE partition = '{First}' OR partition = 'northshire|audit-days' AND key = '2026-03-02'", "2026-03-03 missing: Line 1 is missing." },
        { "the anchor", "DELETE FROM entry WHERE partition = 'northshire|audit-anchor'", "2026-03-03 head-mismatch: The anchor that names the newest day is missing." },
        { "a forged cause", $"INSERT INTO entry VALUES ('{Second}', 'cause|Erasure|some-message', 1, NULL, x'00')", "2026-03-03 added: The cause \"cause|Erasure|some-message\" is marked as logged, and no line has it." },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Verify_Tampered_NamesTheOrganisationTheLineAndWhatIsWrong(string name, string change, string expected)
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(platform.Folder, "store.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = change;
            Assert.True(await command.ExecuteNonQueryAsync() > 0, $"{name} changed nothing.");
        }

        var (exitCode, output, _) = await Verify();

        Assert.True(exitCode == 1, output);
        Assert.Contains($"northshire {expected}", output, StringComparison.Ordinal);
        Assert.Contains("southshire: 0 lines, intact", output, StringComparison.Ordinal);
    }

    // Who has the keys can write a new log; a head noted elsewhere tells.
    [Theory]
    [InlineData("6", 0)]
    [InlineData("7", 1)]
    public async Task Verify_AgainstANotedHead_AsksForThatLine(string number, int exitCode)
    {
        var hash = (await Verify()).Output.Split("head 6:")[1].Split('\n')[0].Trim();

        var (ended, output, _) = await Verify("--head", $"northshire={number}:{hash}");

        Assert.True(ended == exitCode, output);
    }

    Task<(int ExitCode, string Output, string[] Errors)> Verify(params string[] more) => ChildProcess.Run(["audit", "verify", "--folder", platform.Folder, .. more]);
}
