using CsCheck;
using Interop.Core.Tests;
using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

public sealed class KeysTests
{
    [Theory]
    [InlineData("northshire|runs", "northshire", "runs")]
    [InlineData("northshire", "northshire")]
    [InlineData("a|", "a", "")]
    [InlineData("a||b", "a", "", "b")]
    [InlineData("a~007Cb|c", "a|b", "c")]
    [InlineData("~007E~002F~005C~0023~003F~0025", "~/\\#?%")]
    [InlineData("caf~00E9~000A", "café\n")]
    [InlineData("it's a (key): x+y=z", "it's a (key): x+y=z")]
    public void Of_JoinsParts_SplitGivesThemBack(string key, params string[] parts)
    {
        Assert.Equal(key, PartitionKey.Of(parts));
        Assert.Equal(key, RowKey.Of(parts).ToString());
        Assert.Equal(parts, PartitionKey.Split(key));
        Assert.Equal(parts, RowKey.Split(key));
    }

    [Fact]
    public void Of_AnyParts_IsReversibleAndAcceptedByAStore() =>
        Gen.Select(Gen.String[1, 12], Gen.String[0, 12].Array[0, 4]).Hold((first, rest) =>
        {
            string[] parts = [first, .. rest];
            var key = PartitionKey.Of(parts).Value;
            StoreLimits.CheckKey(key, nameof(key));
            return PartitionKey.Split(key).SequenceEqual(parts, StringComparer.Ordinal);
        });

    [Fact]
    public void Of_DifferentParts_AreDifferentKeys() =>
        Gen.Char["|~ab"].Array[1, 4].Select(text => new string(text)).Array[1, 3].Array[2].Hold(pair =>
            pair[0].SequenceEqual(pair[1], StringComparer.Ordinal) == (PartitionKey.Of(pair[0]) == PartitionKey.Of(pair[1])));

    [Fact]
    public void Of_WithoutAnOrganisation_IsMisuse()
    {
        Assert.ThrowsAny<ArgumentException>(() => PartitionKey.Of());
        Assert.ThrowsAny<ArgumentException>(() => PartitionKey.Of("", "runs"));
        Assert.ThrowsAny<ArgumentException>(() => PartitionKey.Of("northshire", null!));
        Assert.ThrowsAny<ArgumentException>(() => PartitionKey.Of(new string('é', 103)));
        Assert.Throws<InvalidOperationException>(() => default(PartitionKey).Value);
        Assert.Throws<InvalidOperationException>(() => default(RowKey).Value);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("a~00")]
    [InlineData("a~00GG")]
    [InlineData("a~ 07C")]
    public void Split_OfATextNotJoined_SaysSo(string key) => Assert.Throws<FormatException>(() => RowKey.Split(key));
}
