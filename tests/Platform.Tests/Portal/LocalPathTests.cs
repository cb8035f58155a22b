using CsCheck;
using Interop.Core.Tests;
using Interop.Platform.Portal;

namespace Interop.Platform.Tests.Portal;

/// <summary>Where a sign-in or a form leads back to is a page of this site, whatever the address says.</summary>
public sealed class LocalPathTests
{
    static readonly string[] Parts = ["/", "//", "\\", "\t", "\n", "\r", "\0", "\u007f", " ", "é", ":", "@", ".", "..", "%09", "%2F", "?", "#", "https:", "evil.example", "held"];
    static readonly Gen<string> Paths = Gen.Int[0, Parts.Length - 1].Array[1, 8].Select(drawn => string.Concat(drawn.Select(part => Parts[part])));

    [Theory]
    [InlineData("/")]
    [InlineData("/held")]
    [InlineData("/messages?day=2026-01-01&after=a%2Fb")]
    [InlineData("/held?back=//elsewhere.example")]
    [InlineData("/%09/elsewhere.example")]
    [InlineData("/runs/@one:two#steps")]
    public void Local_OfAPageHere_IsThatPage(string path) => Assert.Equal(path, PortalPages.Local(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("held")]
    [InlineData("https://elsewhere.example")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("\\\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/\n/elsewhere.example")]
    [InlineData("/\r\n/elsewhere.example")]
    [InlineData("\t//elsewhere.example")]
    [InlineData(" //elsewhere.example")]
    [InlineData("/\u0000/elsewhere.example")]
    [InlineData("/.//elsewhere.example")]
    [InlineData("/held//elsewhere.example")]
    [InlineData("/held\r\nSet-Cookie: a=b")]
    [InlineData("/held\\..")]
    [InlineData("/é")]
    public void Local_OfAnythingElse_IsTheFirstPage(string? path) => Assert.Equal("/", PortalPages.Local(path));

    // As browsers read an address: tabs and line ends are dropped, what stands around it too, and a backslash is a slash.
    [Fact]
    public void Local_OfWhatever_IsHereInABrowser() => Paths.Hold(path =>
    {
        var read = PortalPages.Local(path).Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim().Replace('\\', '/');
        return read is ['/', ..] and not ['/', '/', ..] && new Uri(new Uri("https://here.example/signin"), read).Host == "here.example";
    });
}
