using Interop.Local.Secrets;

namespace Interop.Local.Tests.Delivery;

public sealed class KeyFileTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop-keys-");

    string Keys => Path.Combine(folder.FullName, "keys.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_key_that_is_changed_counts_from_the_next_call_on()
    {
        await File.WriteAllTextAsync(Keys, """{"a":"old"}""");
        var keys = KeyFile.Read(folder.FullName).Value;
        Assert.Equal("old", await keys.Read("a", CancellationToken.None));

        await File.WriteAllTextAsync(Keys, """{"a":"newer","b":"added"}""");
        Assert.Equal(("newer", "added", "newer"), (await keys.Read("a", CancellationToken.None), await keys.Read("b", CancellationToken.None), keys.All["a"]));
    }

    [Theory]
    [InlineData("""{"a":"ne""")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_file_that_is_being_written_leaves_the_keys_as_they_were(string? unfinished)
    {
        await File.WriteAllTextAsync(Keys, """{"a":"old"}""");
        var keys = KeyFile.Read(folder.FullName).Value;

        if (unfinished is null) File.Delete(Keys);
        else await File.WriteAllTextAsync(Keys, unfinished);
        Assert.Equal("old", await keys.Read("a", CancellationToken.None));

        await File.WriteAllTextAsync(Keys, """{"a":"newest"}""");
        Assert.Equal("newest", await keys.Read("a", CancellationToken.None));
    }
}
