using Interop.Core.Messages;

namespace Interop.Core.Tests.Messages;

public sealed class IdsTest
{
    static readonly OrganisationId Northshire = new("northshire");
    static readonly SystemId Rms = new("rms");

    [Theory]
    [InlineData("northshire", true)]
    [InlineData("command-and-control", true)]
    [InlineData("a1", true)]
    [InlineData("a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("Northshire", false)]
    [InlineData("1st", false)]
    [InlineData("north_shire", false)]
    [InlineData("north shire", false)]
    [InlineData("north-", false)]
    [InlineData("../cps", false)]
    [InlineData("northshiré", false)]
    [InlineData("a234567890123456789012345678901234567890", true)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    public void Names_have_one_shape(string? text, bool right)
    {
        Assert.Equal(right, OrganisationId.Parse(text).Succeeded);
        Assert.Equal(right, SystemId.Parse(text).Succeeded);
        if (right) Assert.Equal(text, new OrganisationId(text!).Value);
        else if (text is not null) Assert.Throws<ArgumentException>(() => new SystemId(text));
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz", true)]
    [InlineData("abcdefghijklmnopqrstuvwxy", false)]
    [InlineData("abcdefghijklmnopqrstuvwxy1", false)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", false)]
    public void Derived_ids_have_one_shape(string text, bool right) =>
        Assert.Equal((right, right, right), (MessageId.Parse(text).Succeeded, SubjectId.Parse(text).Succeeded, RunId.Parse(text).Succeeded));

    // SHA-256 of "message:10:northshire3:rms5:evt-1" in lower-case base32, cut to 26 characters: stored keys depend on it.
    [Fact]
    public void A_message_id_never_changes() => Assert.Equal("sucwsnbmvl7io4oiaiza4dx54s", MessageId.For(Northshire, Rms, "evt-1").Value);

    [Fact]
    public void Different_messages_have_different_ids()
    {
        string[] ids =
        [
            MessageId.For(Northshire, Rms, "1").Value, MessageId.For(Northshire, Rms, "11").Value, MessageId.For(Northshire, new("rms1"), "1").Value,
            MessageId.For(new("southshire"), Rms, "1").Value, SubjectId.For(Northshire, MessageId.For(Northshire, Rms, "1")).Value,
            RunId.For(Northshire, "rms", "1").Value, RunId.For(Northshire, "rms1", "1").Value, RunId.For(Northshire, "rms", "11").Value,
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(MessageId.Parse(id).Succeeded));
    }

    [Fact]
    public void An_id_is_derived_from_something() => Assert.Throws<ArgumentException>(() => MessageId.For(Northshire, Rms, ""));

    [Fact]
    public void The_default_names_nothing() => Assert.Throws<InvalidOperationException>(() => default(OrganisationId).Value);

    [Theory]
    [InlineData("2026-04-02T16:59:00Z", "2026-04-02T16:59:00Z")]
    [InlineData("2026-04-02T17:59:00+01:00", "2026-04-02T16:59:00Z")]
    [InlineData("2026-04-02t17:59:00.250z", "2026-04-02T17:59:00.25Z")]
    [InlineData("2026-04-02T17:59:00", null)]
    [InlineData("2026-02-30T17:59:00Z", null)]
    [InlineData("2026-04-02T24:00:00Z", null)]
    [InlineData("2026-04-02", null)]
    [InlineData("02/04/2026 17:59", null)]
    [InlineData("2026-04-02T17:59:00Z\n", null)]
    [InlineData(null, null)]
    public void Instants_are_rfc_3339(string? text, string? printed) => Assert.Equal(printed, Timestamps.Parse(text) is { } instant ? Timestamps.Print(instant) : null);
}
