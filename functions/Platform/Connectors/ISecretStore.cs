namespace Interop.Platform.Connectors;

/// <summary>Where the keys of systems are kept: a file on one machine, Key Vault on Azure.</summary>
public interface ISecretStore
{
    /// <summary>The secret of that name, such as <c>northshire/rms/inbound</c>; null when there is none. Never logged, never journalled.</summary>
    ValueTask<string?> Read(string name, CancellationToken cancellation);
}
