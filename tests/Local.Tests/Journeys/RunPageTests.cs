using Microsoft.Playwright;

namespace Interop.Local.Tests.Journeys;

public sealed class RunPageTests
{
    const string Chromium = "/usr/bin/chromium";

    [SkippableFact]
    public async Task RunPage_AfterAReport_ShowsTheMessageBeforeAndAfterMapping()
    {
        Skip.IfNot(File.Exists(Chromium), $"{Chromium} is not installed.");
        await using var platform = await TestPlatform.Start();
        var example = Directory.GetFiles(Path.Combine(TestPlatform.Mappings, "maps/online-contact-incident-report/examples"), "*.source.json").Order(StringComparer.Ordinal).First();
        await platform.Post("online-contact", "incident-report", await File.ReadAllTextAsync(example));
        var id = await platform.FirstRun();

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1000 } });
        await page.GotoAsync($"{platform.Host.Address}runs/{id}?refresh=off");
        await page.SelectOptionAsync("#organisation", "northshire");
        await page.ClickAsync("main button");
        await page.Locator("details summary").First.ClickAsync();

        Assert.Contains("online-report", await page.Locator("pre").Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator(".step").CountAsync() >= 1);
    }
}
