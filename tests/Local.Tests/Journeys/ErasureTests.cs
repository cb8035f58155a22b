using System.Net;
using System.Net.Http.Json;
using System.Text;
using Interop.Core.Json;
using Microsoft.Data.Sqlite;

namespace Interop.Local.Tests.Journeys;

public sealed class ErasureTests
{
    static readonly string[] Personal = ["example.org", "Example Terrace", "EXAMPLE TERRACE", "7700900123", "\"One\"", "1984-02-14", "back door"];

    [Fact]
    public async Task EraseIncident_LeavesNoneOfItsDataInTheStore()
    {
        await using var desk = await CaseDesk.Start();
        var report = await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        var attendance = await desk.Send("command-and-control", "attendance", TestPlatform.Example("command-and-control-attendance", "attended.source.xml"), "application/xml");
        await CaseDesk.Eventually(() => Task.FromResult(desk.Received.Length == 1));
        var subject = (await desk.Get($"/messages/{report}"))["subject"].AsString();
        var run = (await desk.Get("/runs"))[0]["id"].AsString();
        await CaseDesk.Eventually(async () => (await desk.Get($"/runs/{run}"))["status"].AsString() == "completed");
        using var reason = JsonContent.Create(new { reason = "the prosecutor lost it" });
        using var rerun = await desk.Platform.Client.PostAsync(CaseDesk.Of($"/runs/{run}/rerun"), reason);
        Assert.True(rerun.IsSuccessStatusCode, await rerun.Content.ReadAsStringAsync());
        await CaseDesk.Eventually(async () => (await desk.Get("/runs")).Items.ToArray() is { Length: 2 } both && both.All(one => one["status"].AsString() == "completed"));
        var second = (await desk.Get("/runs")).Items.Select(one => one["id"].AsString()).Single(id => id != run);
        Assert.NotEmpty(Remains(desk));

        using var answer = await desk.Platform.Client.PostAsJsonAsync(CaseDesk.Of($"/incidents/{subject}/erase"), new { reason = "retention ended" });

        var erased = JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()).Value;
        Assert.True(answer.StatusCode == HttpStatusCode.OK, erased.ToString());
        Assert.Equal($$"""{"subject":"{{subject}}","messages":["{{report}}","{{attendance}}"],"runs":["{{second}}","{{run}}"],"recipients":["cps"]}""", erased.ToString());
        Assert.Empty(Remains(desk));
        Assert.Equal(0, new FileInfo(Path.Combine(desk.Platform.Folder, "store.db-wal")).Length);

        // What happened, and hashes of what it happened with, stay to be read.
        var view = await desk.Get($"/runs/{run}");
        Assert.Equal("completed", view["status"].AsString());
        Assert.Contains("hmac-sha256:", view["journal"].ToString(), StringComparison.Ordinal);
        Assert.Equal(["erased", "erased"], (await desk.Get("/messages")).Items.Select(message => message["status"].AsString()));
        Assert.True((await desk.Get("/audit/verification"))["findings"].Count == 0);
    }

    [Fact]
    public async Task EraseIncident_WhileARunGoesOn_IsRefusedWithTheReason()
    {
        await using var desk = await CaseDesk.Start(withAgreement: false);
        var report = await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(async () => (await desk.Get("/held")).Count == 1);
        var subject = (await desk.Get($"/messages/{report}"))["subject"].AsString();

        using var incident = await desk.Platform.Client.PostAsJsonAsync(CaseDesk.Of($"/incidents/{subject}/erase"), new { reason = "asked" });
        using var message = await desk.Platform.Client.PostAsJsonAsync(CaseDesk.Of($"/messages/{report}/erase"), new { reason = "asked" });
        using var withoutReason = await desk.Platform.Client.PostAsJsonAsync(CaseDesk.Of($"/incidents/{subject}/erase"), new { });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (incident.StatusCode, message.StatusCode, withoutReason.StatusCode));
        Assert.Contains("\"rule\":\"run-open\"", await incident.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"part-of-incident\"", await message.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("erasure", string.Join('\n', await desk.Logged()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EraseMessage_HeldWithoutAnIncident_LeavesItsHash()
    {
        await using var desk = await CaseDesk.Start();
        var held = await desk.Send("online-contact", "incident-report", TestPlatform.Example("online-contact-incident-report", "unknown-codes.source.json"));

        using var answer = await desk.Platform.Client.PostAsJsonAsync(CaseDesk.Of($"/messages/{held}/erase"), new { reason = "sent by mistake" });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(("erased", 0), ((await desk.Get($"/messages/{held}"))["status"].AsString(), (await desk.Get("/held")).Count));
        Assert.Empty(Remains(desk));
    }

    // Every row as it stands, read past the platform.
    static string[] Remains(CaseDesk desk)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(desk.Platform.Folder, "store.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT partition || ' ' || key, body FROM entry";
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            var text = rows.GetString(0) + Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(1));
            if (!text.StartsWith("platform|", StringComparison.Ordinal)) found.AddRange(Personal.Where(word => text.Contains(word, StringComparison.Ordinal)).Select(word => $"{rows.GetString(0)}: {word}"));
        }

        return [.. found];
    }
}
