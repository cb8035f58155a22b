using System.Collections.Immutable;
using Interop.Core;
using Interop.Local.Secrets;
using Interop.Platform.Definitions;

namespace Interop.Local.Hosting;

/// <summary>How the platform runs on one machine.</summary>
sealed record LocalOptions
{
    public const int DefaultPort = 7071;
    public const string DefaultFolder = ".interop";
    public const string DefaultMappings = "mappings";

    /// <summary>Where the store and the keys are kept.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Where the definitions are.</summary>
    public string Mappings { get; init; } = DefaultMappings;

    /// <summary>How the definitions are read from there; or every reason why they cannot be.</summary>
    public Func<string, Outcome<DefinitionSet>> Read { get; init; } = mappings => DefinitionFolder.Read(mappings).Then(DefinitionSet.Load);

    /// <summary>On 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Business time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where systems are reached, by id, in place of what their definitions say. Asked once, when the keys are known.</summary>
    public Func<KeyFile, CancellationToken, Task<Outcome<ImmutableDictionary<string, Uri>>>> Addresses { get; init; } = (_, _) => Task.FromResult<Outcome<ImmutableDictionary<string, Uri>>>(ImmutableDictionary<string, Uri>.Empty);

    /// <summary>Whether to log errors alone.</summary>
    public bool IsQuiet { get; init; }
}
