using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Tests.Work;

/// <summary>What a log says of an exception.</summary>
public sealed class FaultTextTests
{
    [Fact]
    public void Of_AnExceptionThatQuotesData_NamesTypesAndPlacesAlone()
    {
        var text = FaultText.Of(Assert.Throws<InvalidDataException>(() => Fail(new FormatException("Ann Example was born on 1 May."))));
        Assert.DoesNotContain("Ann", text, StringComparison.Ordinal);
        Assert.Contains($"{typeof(InvalidDataException).FullName}\n", text, StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), text, StringComparison.Ordinal);
        Assert.EndsWith($"caused by {typeof(FormatException).FullName}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AStoreThatFails_SaysWhatItLacks() => Assert.StartsWith($"{typeof(StoreException).FullName}: The disk is full.", FaultText.Of(new StoreException("The disk is full.")), StringComparison.Ordinal);

    static void Fail(Exception cause) => throw new InvalidDataException("Ann Example lives here.", cause);
}
