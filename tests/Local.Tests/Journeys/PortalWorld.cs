using Interop.Core.Delivery;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Interop.Local.Tests.Journeys;

/// <summary>A platform with one of everything that the portal shows, and a browser; for tests that look and change nothing.</summary>
public sealed class PortalWorld : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";
    static readonly float Patience = (float)TestPlatform.Patience.TotalMilliseconds;

    IPlaywright? playwright;

    internal TestPlatform Platform { get; private set; } = null!;

    public string Run { get; private set; } = "";

    public string Accepted { get; private set; } = "";

    public string Held { get; private set; } = "";

    public IBrowser Browser { get; private set; } = null!;

    public static bool CanBrowse => File.Exists(Chromium);

    public async Task InitializeAsync()
    {
        if (!CanBrowse) return;
        Platform = await TestPlatform.Start();

        // The pages of mappings show what the check says, which takes longer than a browser waits.
        var reports = Task.Run(() => MappingReports.Of(Platform.Host.Services.GetRequiredService<DefinitionSet>()));
        Accepted = await Platform.Take("online-contact", "incident-report", TestPlatform.Report);
        Held = await Platform.Take("rms", "status-event", """{"eventId":"1"}""");
        Run = await Platform.FirstRun();
        await HoldForPeople();
        (playwright, Browser) = await Launch();
        await reports;
    }

    public async Task DisposeAsync()
    {
        if (!CanBrowse) return;
        await Browser.DisposeAsync();
        playwright!.Dispose();
        await Platform.DisposeAsync();
    }

    static async Task<(IPlaywright Driver, IBrowser Browser)> Launch()
    {
        var driver = await Microsoft.Playwright.Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Timeout = Patience,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>Signs in on a fresh browser, on the way to an address.</summary>
    public async Task<IPage> Open(string address, string role, BrowserNewContextOptions? options = null)
    {
        var page = await Fresh(options);
        await page.GotoAsync($"{Platform.Host.Address}signin?returnUrl={Uri.EscapeDataString(address)}");
        await page.SelectOptionAsync("#organisation", "northshire");
        await page.SelectOptionAsync("#role", role);
        await Send(page, "main button");
        return page;
    }

    /// <summary>A page of a fresh browser, which waits as tests do.</summary>
    public async Task<IPage> Fresh(BrowserNewContextOptions? options = null)
    {
        var context = await Browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Presses a button that leads to another address, and waits until that page is there.</summary>
    public static async Task Send(IPage page, string button)
    {
        var before = page.Url;
        await page.ClickAsync(button);
        await Arrive(page, url => url != before);
    }

    /// <summary>Waits until a page is there, whole. The page itself is asked: the browser's event that it has loaded may have come before anybody waits for it.</summary>
    public static Task Arrive(IPage page, Func<string, bool> isThere) => TestPlatform.Eventually("the page is there", async () =>
    {
        try
        {
            return isThere(page.Url) && await page.EvaluateAsync<string>("document.readyState") == "complete" ? page.Url : null;
        }
        catch (PlaywrightException)
        {
            // It goes from one page to the next.
            return null;
        }
    });

    // As the delivery function leaves it when an agreement has ended.
    async Task HoldForPeople()
    {
        var organisation = new OrganisationId("northshire");
        const string reason = "The agreement northshire-cps-prosecution (version 1) ended on 2026-04-01. Renew it.";
        var delivery = new DeliveryRecord(
            "case-management", "cps", "case-file", "case-management-case-file@1.0.0", DeliveryRecord.Refused(reason), "northshire-cps-prosecution@1 clause 4.1", JsonValue.EmptyObject, null, null, []);
        var now = TimeProvider.System.GetUtcNow();
        var effect = new EffectRecord($"{Run}.999", Outbox.Call, "deliver", "/do/0", JsonValue.EmptyObject, EffectStatus.Held, now, Delivery: delivery, Reason: reason);
        var store = Platform.Host.Services.GetRequiredService<IStore>();
        await store.Commit(RunKeys.Partition(organisation, new RunId(Run)), [new Change.Upsert(RunKeys.Effect(effect.Id), RowBody.Of(effect))], default);
        var held = Platform.Host.Services.GetRequiredService<HeldList>();
        await held.Add(organisation, new HeldItem(HeldKind.Notice, $"{Run}.998", Run, "", "update.undeliverable", "No channel reaches the victim. Choose another with them.", now), default);
        await held.Add(organisation, new HeldItem(HeldKind.InDoubt, $"{Run}.997", Run, "notify", "sms", RetryRules.Reason("GOV.UK Notify", now, TimeSpan.FromDays(7)), now), default);
        await held.Add(organisation, new HeldItem(HeldKind.Delivery, effect.Id, Run, "case-management", "case-file", reason, now), default);
    }
}
