using Azure;
using Azure.Security.KeyVault.Secrets;
using Interop.Functions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Azure.Tests.Hosting;

/// <summary>Keys in the vault: their names, what is not there, and how long one is kept.</summary>
public sealed class KeyVaultSecretsTests
{
    readonly Vault vault = new();
    readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData("northshire/rms/inbound", "northshire--rms--inbound")]
    [InlineData("northshire/audit", "northshire--audit")]
    [InlineData("north-shire/online-contact/inbound", "north-shire--online-contact--inbound")]
    public void NameOf_ASecret_HasNoSlashes(string name, string expected) => Assert.Equal(expected, KeyVaultSecrets.NameOf(name));

    [Theory]
    [InlineData("north--shire/audit")]
    [InlineData("northshire/workflows/a.b")]
    [InlineData("northshire/workflows/a_b")]
    public void NameOf_WhatCouldBeAnother_IsRefused(string name) => Assert.Throws<ArgumentException>(() => KeyVaultSecrets.NameOf(name));

    [Fact]
    public async Task Read_OfAMissingSecret_IsNull() => Assert.Null(await new KeyVaultSecrets(vault, clock).Read("northshire/audit", CancellationToken.None));

    [Fact]
    public async Task Read_Again_AsksTheVaultOnlyAfterAWhile()
    {
        var secrets = new KeyVaultSecrets(vault, clock);
        vault.Known["northshire--audit"] = "one";
        Assert.Equal("one", await secrets.Read("northshire/audit", CancellationToken.None));
        vault.Known["northshire--audit"] = "two";
        Assert.Equal("one", await secrets.Read("northshire/audit", CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("two", await secrets.Read("northshire/audit", CancellationToken.None));
        Assert.Equal(2, vault.Asked);
    }

    sealed class Vault : SecretClient
    {
        public Dictionary<string, string> Known { get; } = new(StringComparer.Ordinal);

        public int Asked { get; private set; }

        public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version = null, SecretContentType? outContentType = null, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Known.TryGetValue(name, out var value) ? Task.FromResult(Response.FromValue(new KeyVaultSecret(name, value), null!)) : throw new RequestFailedException(404, "There is none.");
        }
    }
}
