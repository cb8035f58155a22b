using Interop.Platform.Portal;
using Interop.Platform.Reading;

namespace Interop.Platform.Tests.Portal;

public sealed class WordsTests
{
    [Theory]
    [InlineData("pending", 20.0, "20 seconds after this one")]
    [InlineData("pending", 900.0, "15 minutes after this one")]
    [InlineData("pending", null, "at once")]
    [InlineData("done", null, "none, it was delivered")]
    [InlineData("dead", null, "none, it was given up")]
    [InlineData("held", null, "when it is let go again")]
    [InlineData("in-doubt", null, "when it is sent again")]
    [InlineData("dropped", null, "none")]
    [InlineData("cancelled", null, "none")]
    public void AfterLastTry_WhereverADeliveryStands_SaysWhatComesNext(string status, double? seconds, string said)
    {
        var delivery = new TimelineEntry("run.1", DateTimeOffset.UnixEpoch, "out", "rms", "occurrence", null, status, "", "", "", null, null, 0, [], seconds);

        Assert.Equal(said, Words.AfterLastTry(delivery));
    }

    [Theory]
    [InlineData("online-report A|crime B|urn C", "Crime B", "Online report A|URN C")]
    [InlineData("something-else A|urn C", "URN C", "Something else A")]
    [InlineData("", "no reference yet", "")]
    public void MainReference_OfMany_IsTheOnePeopleKnow(string references, string main, string others)
    {
        var listed = references.Split('|', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((main, others), (Words.MainReference(listed), string.Join('|', Words.OtherReferences(listed))));
    }

    [Theory]
    [InlineData("message", false, "Correct what")]
    [InlineData("parked", false, "Nothing: it goes on")]
    [InlineData("delivery", true, "Agree on the disclosure")]
    [InlineData("delivery", false, "Mend the definition")]
    [InlineData("in-doubt", false, "Find out whether it arrived")]
    [InlineData("dead-letter", false, "When the system can take it")]
    public void Remedy_EachKindOfHeldThing_HasOne(string kind, bool isRefused, string begins) =>
        Assert.StartsWith(begins, Words.Remedy(new HeldView(kind, "id", null, "rms", "occurrence", "", DateTimeOffset.UnixEpoch, null, null, isRefused)), StringComparison.Ordinal);

    [Theory]
    [InlineData("1 problem: max-length", "1 problem: a text is too long")]
    [InlineData("3 problems: required, some-rule", "3 problems: something is missing, some rule")]
    [InlineData("No system has the role \"a: b\".", "No system has the role \"a: b\".")]
    [InlineData("It was sent at 2026-07-01 11:18:25Z, and at 2026-12-01 11:18:25Z.", "It was sent at Wed 1 Jul 2026 12:18, and at Tue 1 Dec 2026 11:18.")]
    [InlineData("It was sent at 2026-99-01 11:18:25Z.", "It was sent at 2026-99-01 11:18:25Z.")]
    public void Why_OfAHeldMessage_IsInPlainWords(string reason, string said) => Assert.Equal(said, Words.Why(reason));
}
