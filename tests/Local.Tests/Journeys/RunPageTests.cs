namespace Interop.Local.Tests.Journeys;

public sealed class RunPageTests(PortalWorld world) : IClassFixture<PortalWorld>
{
    [SkippableFact]
    public async Task RunPage_AfterAReport_ShowsTheMessageBeforeAndAfterMapping()
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var page = await world.Open($"/runs/{world.Run}", "analyst");
        await page.Locator("details summary").First.ClickAsync();

        Assert.Contains("online-report", await page.Locator("pre").Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator(".step").CountAsync() >= 1);
    }

    [SkippableFact]
    public async Task RunPage_KeptUpToDate_LooksAgainUntilToldToStop()
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var page = await world.Open($"/runs/{world.Run}", "analyst");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Keep it up to date" }).ClickAsync();
        await page.WaitForResponseAsync(answer => answer.Url.EndsWith("live=again", StringComparison.Ordinal));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Stop that" }).ClickAsync();
        await PortalWorld.Arrive(page, url => url.EndsWith(world.Run, StringComparison.Ordinal));

        Assert.EndsWith(world.Run, page.Url, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Held_ADeliveryRefused_ShowsClauseReasonAndAButton()
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var page = await world.Open("/held", "approver");
        var row = page.Locator("tr", new() { HasText = "Held delivery" });
        var text = await row.InnerTextAsync();

        Assert.Contains("ended on 2026-04-01", text, StringComparison.Ordinal);
        Assert.Contains("Not disclosed to Crown Prosecution Service: agreement northshire-cps-prosecution@1 clause 4.1", text, StringComparison.Ordinal);
        Assert.Equal(1, await row.GetByRole(Microsoft.Playwright.AriaRole.Button).CountAsync());
    }
}
