using System.Net;
using System.Text;

namespace Interop.Local.Tests.Journeys;

/// <summary>What the portal shows to anyone, and what it refuses: to a role, to another organisation, to an address that cannot be read, to a page of another site. One platform for all, since nothing is changed.</summary>
public sealed class PortalRefusalTests(PortalRefusalTests.Reported reported) : IClassFixture<PortalRefusalTests.Reported>
{
    readonly TestPlatform platform = reported.Platform;

    [Fact]
    public async Task Mappings_ToAnyone_ShowsWhatEachLosesAndWhy()
    {
        await platform.SignIn("northshire", "analyst");

        var (_, all) = await platform.Page("/mappings");
        var (status, page) = await platform.Page("/mappings/rms-status-event");

        Assert.Contains("href=\"/mappings/rms-status-event\"", all, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Loss, accepted", page, StringComparison.Ordinal);
        Assert.Contains("It is the message&#x27;s id and serves to recognise duplicates.", page, StringComparison.Ordinal);
        Assert.Contains("all become", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mappings_OneThatDoesNotExist_IsNotFound()
    {
        await platform.SignIn("northshire", "analyst");

        Assert.Equal(HttpStatusCode.NotFound, (await platform.Page("/mappings/nothing")).Status);
    }

    [Theory]
    [InlineData("/audit", "", "You may not do that")]
    [InlineData("/messages/{id}/erase", "reason=asked&confirmed=yes", "You may not do that")]
    [InlineData("/messages/{id}/resubmit", "body=", "You may not do that")]
    [InlineData("/deliveries/x/resubmit", "x=", "You may not do that")]
    [InlineData("/notices/x/close", "x=", "You may not do that")]
    [InlineData("/runs/x/operate", "operation=cancel&reason=asked", "You may not do that")]
    [InlineData("/runs/x/erase", "reason=asked&confirmed=yes", "You may not do that")]
    public async Task Analyst_WhatIsForOthers_IsRefusedInPlainWords(string address, string form, string title)
    {
        await platform.SignIn("northshire", "analyst");

        var (status, page) = await platform.Page(Filled(address), form.Length == 0 ? null : form);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("administrator", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/messages/{id}", null)]
    [InlineData("/messages/{id}/erase", "reason=asked&confirmed=yes")]
    [InlineData("/messages/{id}/resubmit", "body=")]
    [InlineData("/runs/{run}", null)]
    [InlineData("/runs/{run}/operate", "operation=cancel&reason=asked")]
    [InlineData("/runs/{run}/erase", "reason=asked&confirmed=yes")]
    [InlineData("/runs/search", "reference={id}")]
    public async Task AnotherOrganisation_AnyPage_LearnsNothing(string address, string? form)
    {
        await platform.SignIn("southshire", "administrator");

        var (status, page) = await platform.Page(Filled(address), form is null ? null : Filled(form));

        Assert.Equal(form is not null && address == "/runs/search" ? HttpStatusCode.OK : HttpStatusCode.NotFound, status);
        Assert.Contains(status == HttpStatusCode.OK ? "No run has this reference." : "There is no such", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?day=yesterday", HttpStatusCode.BadRequest, "That address cannot be read")]
    [InlineData("/?state=odd", HttpStatusCode.BadRequest, "That address cannot be read")]
    [InlineData("/messages?after=odd", HttpStatusCode.BadRequest, "That address cannot be read")]
    [InlineData("/nothing", HttpStatusCode.NotFound, "There is no such page")]
    [InlineData("/runs/nothing", HttpStatusCode.NotFound, "There is no such run")]
    [InlineData("/messages/nothing", HttpStatusCode.NotFound, "There is no such message")]
    [InlineData("/runs/search", HttpStatusCode.NotFound, "There is no such run")]
    [InlineData("/signout", HttpStatusCode.MethodNotAllowed, "That address takes no such request")]
    public async Task Page_WhatCannotBeShown_IsSaidInTheFrame(string address, HttpStatusCode status, string title)
    {
        await platform.SignIn("northshire", "analyst");

        var (answered, page) = await platform.Page(address);

        Assert.Equal(status, answered);
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("Sign out", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/signout")]
    [InlineData("/runs/search")]
    [InlineData("/messages/x/resubmit")]
    [InlineData("/messages/x/erase")]
    [InlineData("/deliveries/x/resubmit")]
    [InlineData("/audit/verify")]
    [InlineData("/runs/x/operate")]
    [InlineData("/runs/x/erase")]
    [InlineData("/notices/x/close")]
    public async Task Post_FromAnotherSitesPage_IsRefused(string address)
    {
        await platform.SignIn("northshire", "administrator");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var answer = await platform.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    string Filled(string text) => text.Replace("{id}", reported.Message, StringComparison.Ordinal).Replace("{run}", reported.Run, StringComparison.Ordinal);

    /// <summary>A platform to which an incident was reported.</summary>
    public sealed class Reported : IAsyncLifetime
    {
        internal TestPlatform Platform { get; private set; } = null!;

        internal string Message { get; private set; } = "";

        internal string Run { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Platform = await TestPlatform.Start();
            Message = await Platform.Take("online-contact", "incident-report", TestPlatform.Report);
            Run = await Platform.FirstRun();
        }

        public async Task DisposeAsync() => await Platform.DisposeAsync();
    }
}
