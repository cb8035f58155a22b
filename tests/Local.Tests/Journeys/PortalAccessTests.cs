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
        ("held message, correction refused", "integrator", "/messages/{held}", page => page.ClickAsync("button.main")),
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

    static readonly (string Way, BrowserNewContextOptions Options)[] Ways =
    [
        ("light", new BrowserNewContextOptions { ColorScheme = ColorScheme.Light, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } }),
        ("dark", new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } }),
        ("narrow", new BrowserNewContextOptions { ColorScheme = ColorScheme.Light, ViewportSize = new ViewportSize { Width = 320, Height = 640 } }),
    ];

    public static TheoryData<string, string> Looks
    {
        get
        {
            var looks = new TheoryData<string, string>();
            foreach (var (page, _, _, _) in Pages)
                foreach (var (way, _) in Ways) looks.Add(page, way);
            return looks;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Looks))]
    public async Task Page_HoweverLookedAt_IsAccessibleAndFits(string name, string way)
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var (_, role, address, then) = Pages.Single(one => one.Page == name);
        var page = await world.Open(Filled(address), role, Ways.Single(one => one.Way == way).Options);
        if (then is not null) await then(page);

        await AssertIsAccessibleAndFits(page);
    }

    [SkippableTheory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("narrow")]
    public async Task SignIn_HoweverLookedAt_IsAccessibleAndFits(string way)
    {
        Skip.IfNot(PortalWorld.CanBrowse, $"{PortalWorld.Chromium} is not installed.");
        var context = await world.Browser.NewContextAsync(Ways.Single(one => one.Way == way).Options);
        var page = await context.NewPageAsync();
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
        var violations = (await page.RunAxe(options)).Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"));
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        var scripts = await page.Locator("script, [style], style").CountAsync();
        await page.Context.CloseAsync();

        Assert.Equal([], violations);
        Assert.Equal((0, 0), (overflow, scripts));
    }

    static async Task Search(IPage page)
    {
        await page.FillAsync("#reference", "nothing");
        await page.ClickAsync("form[role=search] button");
    }

    static async Task Erase(IPage page)
    {
        await page.FillAsync("#reason", "asked");
        await page.CheckAsync("[name=confirmed]");
        await page.ClickAsync("button.bad");
    }

    static async Task UnfoldAll(IPage page)
    {
        foreach (var summary in await page.Locator("summary").AllAsync()) await summary.ClickAsync();
    }

    string Filled(string address) => address
        .Replace("{run}", world.Run, StringComparison.Ordinal).Replace("{accepted}", world.Accepted, StringComparison.Ordinal).Replace("{held}", world.Held, StringComparison.Ordinal);
}
