using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Platform.Delivery;

namespace Interop.Platform.Tests.Delivery;

/// <summary>Whose address takes the place of the definition's: two organisations may have a system of one name, and what is for one must not reach the other.</summary>
public sealed class DeliveryOptionsTests
{
    static readonly DeliveryOptions Options = new()
    {
        Addresses = ImmutableDictionary<string, Uri>.Empty.Add("northshire/rms", new Uri("https://north.example")).Add("notify", new Uri("https://notify.example")).Add("cases", new Uri("https://all.example")).Add("northshire/cases", new Uri("https://north-cases.example")),
    };

    [Theory]
    [InlineData("northshire", "rms", "https://north.example/")]
    [InlineData("southshire", "rms", null)]
    [InlineData("southshire", "notify", "https://notify.example/")]
    [InlineData("northshire", "cases", "https://north-cases.example/")]
    [InlineData("southshire", "cases", "https://all.example/")]
    public void Address_OfASystem_IsItsOrganisationsBeforeThatOfAll(string organisation, string system, string? expected) =>
        Assert.Equal(expected, Options.AddressOf(new OrganisationId(organisation), new SystemId(system))?.AbsoluteUri);
}
