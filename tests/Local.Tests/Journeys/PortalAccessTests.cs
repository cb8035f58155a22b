using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Interop.Local.Tests.Journeys;

/// <summary>Every page of the portal, in every way in which it is looked at: WCAG 2.2 AA as far as a program can tell, and no sideways scrolling.</summary>
public sealed class PortalAccessTests(PortalWorld world) : IClassFixture<PortalWorld>
{
    // How each page is come by. {run}, {accepted} and {held} stand for ids; what follows "->" is done there.
    static readonly (string Page, string Role, string Address, Func<IPage, Task>? Then)[] Pages =
    [
        ("runs", "analyst", "/", null),
        ("runs, none like that", "analyst", "/?state=faulted&day=2026-01-01", null),
        ("runs, none found", "analyst", "/", Search),
        ("run", "analyst", "/runs/{run}?live=off", null),
        ("run, unfolded", "analyst", "/runs/{run}", UnfoldAll),
        ("run, to an administrator", "administrator", "/runs/{run}?done=operated", null),
        ("run, not erased", "administrator", "/runs/{run}", Erase),
        ("messages", "analyst", "/messages", null),
        ("message", "administrator", "/messages/{accepted}", null),
        ("held message", "administrator", "/messages/{held}", null),
        ("held message, to an analyst", "analyst", "/messages/{held}", null),
        ("held message, correction refused", "integrator", "/messages/{held}", page => PortalWorld.Send(page, "button.main")),
        ("held", "approver", "/held", null),
        ("held, after a resubmission", "analyst", "/held?done=resubmitted", null),
        ("mappings", "analyst", "/mappings", null),
        ("mapping", "analyst", "/mappings/rms-status-event", null),
        ("audit", "administrator", "/audit", null),
        ("audit, none like that", "administrator", "/audit?about=nothing", null),
        ("no such page", "analyst", "/nothing", null),
        ("no such run", "analyst", "/runs/nothing", null),
        ("not allowed", "analyst", "/audit", null),
        ("cannot be read", "analyst", "/?day=2026-02-31", null),
    ];

    static readonly (string Way, ColorScheme Scheme, int Width, int Height)[] Ways = [("light", ColorScheme.Light, 1280, 900), ("dark", ColorScheme.Dark, 1280, 900), ("narrow", ColorScheme.Light, 320, 640)];

    public static TheoryData<string> Looks => [.. Pages.Select(page => page.Page)];

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Page_HoweverLookedAt_IsAccessibleAndFits(string name)
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var (_, role, address, then) = Pages.Single(one => one.Page == name);
        var page = await world.Open(Filled(address), role);
        if (then is not null) await then(page);

        await AssertIsAccessibleAndFits(page);
    }

    [SkippableFact]
    public async Task SignIn_HoweverLookedAt_IsAccessibleAndFits()
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var page = await world.Fresh();
        await page.GotoAsync($"{world.Platform.Host.Address}signin");

        await AssertIsAccessibleAndFits(page);
    }

    [SkippableFact]
    public async Task Keyboard_FirstTab_LeadsPastTheHeader()
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var page = await world.Open("/", "analyst");
        // A key pressed on the page before would be lost with it.
        await page.Locator("#reference").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        Assert.Equal("reference", await page.EvaluateAsync<string>("document.activeElement.id"));
    }

    static async Task AssertIsAccessibleAndFits(IPage page)
    {
        var options = new AxeRunOptions { Rules = new Dictionary<string, RuleOptions>(StringComparer.Ordinal) { ["target-size"] = new() { Enabled = true } } };
        var (violations, overflows) = (new List<string>(), new List<string>());
        foreach (var (way, scheme, width, height) in Ways)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, height);
            violations.AddRange((await page.RunAxe(options)).Violations.SelectMany(rule => rule.Nodes.Select(node => $"{way}: {rule.Id}: {node.Html}")));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is var overflow and not 0) overflows.Add($"{way}: {overflow}");
        }

        var scripts = await page.Locator("script, [style], style").CountAsync();
        await page.Context.CloseAsync();

        Assert.Equal([], violations);
        Assert.Equal([], overflows);
        Assert.Equal(0, scripts);
    }

    static async Task Search(IPage page)
    {
        await page.FillAsync("#reference", "nothing");
        await PortalWorld.Send(page, "form[role=search] button");
    }

    static async Task Erase(IPage page)
    {
        await page.FillAsync("#reason", "asked");
        await page.CheckAsync("[name=confirmed]");
        await PortalWorld.Send(page, "button.bad");
    }

    static async Task UnfoldAll(IPage page)
    {
        foreach (var summary in await page.Locator("summary").AllAsync()) await summary.ClickAsync();
    }

    string Filled(string address) => address
        .Replace("{run}", world.Run, StringComparison.Ordinal).Replace("{accepted}", world.Accepted, StringComparison.Ordinal).Replace("{held}", world.Held, StringComparison.Ordinal);
}
