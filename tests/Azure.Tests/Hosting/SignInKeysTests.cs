using Interop.Functions.Hosting;
using Interop.Platform.Tests.Storage.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Azure.Tests.Hosting;

/// <summary>The keys of the portal's cookies in a real container: every instance has the same, whenever it starts.</summary>
[Collection(AzuriteTests.Name)]
public sealed class SignInKeysTests(Azurite azurite)
{
    [SkippableFact]
    public async Task Cookie_OfOneInstance_IsReadByThoseThatStartLater()
    {
        var container = await azurite.Container();
        await using var first = SignInTests.Host(container, new SignInTests.Identity());
        var secret = Protector(first).Protect("who is signed in");
        await using var next = SignInTests.Host(container, new SignInTests.Identity());
        Assert.Equal("who is signed in", Protector(next).Unprotect(secret));
        Assert.Equal(1, await container.GetBlobsAsync().CountAsync());
    }

    [SkippableFact]
    public async Task Instances_ThatStartAtOnce_ReadEachOthersCookies()
    {
        var container = await azurite.Container();
        var instances = Enumerable.Range(0, 4).Select(_ => SignInTests.Host(container, new SignInTests.Identity())).ToArray();
        var secrets = await Task.WhenAll(instances.Select(instance => Task.Run(() => Protector(instance).Protect("who is signed in"))));
        Assert.All(instances, instance => Assert.All(secrets, secret => Assert.Equal("who is signed in", Protector(instance).Unprotect(secret))));
        foreach (var instance in instances) await instance.DisposeAsync();
    }

    [SkippableFact]
    public async Task Key_IsStoredOnceUnderItsName()
    {
        var container = await azurite.Container();
        var keys = new SignInKeys(container);
        keys.StoreElement(System.Xml.Linq.XElement.Parse("<key id=\"one\" />"), "key-one");
        Assert.Equal(409, Assert.Throws<global::Azure.RequestFailedException>(() => keys.StoreElement(System.Xml.Linq.XElement.Parse("<key id=\"other\" />"), "key-one")).Status);
        Assert.Equal("one", Assert.Single(keys.GetAllElements()).Attribute("id")!.Value);
    }

    static IDataProtector Protector(ServiceProvider host) => host.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
