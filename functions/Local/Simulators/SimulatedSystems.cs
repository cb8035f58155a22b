using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Json;
using Interop.Local.Simulators.Notify;

namespace Interop.Local.Simulators;

/// <summary>What the simulated systems need to start.</summary>
internal sealed record SimulatedSystemsOptions
{
    /// <summary>Keys by name: <c>organisation/system/inbound</c> (the system to the platform) and <c>.../outbound</c> (the platform to the system).</summary>
    public required IReadOnlyDictionary<string, string> Keys { get; init; }

    /// <summary>The simulated clock: business time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The real clock: proofs of who sends, and waits for a platform that is away.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Ports by system id; a system that is not named takes a free one.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The organisation to which every message goes.</summary>
    public string Receiver { get; init; } = "northshire";

    public JourneyPlan Plan { get; init; } = new();

    public NotifyOptions Notify { get; init; } = new();

    public ResendPolicy Resend { get; init; } = ResendPolicy.Default;

    /// <summary>How each system proves who it is.</summary>
    public ImmutableDictionary<string, SenderProof> Proofs { get; init; } = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("online-contact", SenderProof.Hmac),
        KeyValuePair.Create("command-and-control", SenderProof.Bearer),
        KeyValuePair.Create("rms", SenderProof.Hmac),
        KeyValuePair.Create("notify", SenderProof.Bearer),
        KeyValuePair.Create("case-management", SenderProof.Hmac),
        KeyValuePair.Create("court-listing", SenderProof.Bearer),
    ]);
}

/// <summary>The six simulated systems of the journey, each behind its own socket.</summary>
internal sealed class SimulatedSystems : IAsyncDisposable
{
    static readonly (string System, string Organisation, bool IsCalled)[] Known =
    [
        ("online-contact", "northshire", false),
        ("command-and-control", "northshire", false),
        ("rms", "northshire", true),
        ("notify", "northshire", true),
        ("case-management", "cps", true),
        ("court-listing", "court", false),
    ];

    readonly SimulatedSystemsOptions options;
    readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1), UseProxy = false, AllowAutoRedirect = false });
    readonly ImmutableArray<SimulatedSystem> all;
    Uri? platform;

    SimulatedSystems(SimulatedSystemsOptions options)
    {
        this.options = options;
        (Online, CommandAndControl, Rms) = (Make("online-contact", NewOnline), Make("command-and-control", NewCommandAndControl), Make("rms", NewRms));
        (Notify, CaseManagement, Court) = (Make("notify", NewNotify), Make("case-management", NewCaseManagement), Make("court-listing", NewCourt));
        all = [Online, CommandAndControl, Rms, Notify, CaseManagement, Court];
        Rms.EventComing = BeforeEvent;
        Rms.EventTaken = AfterEvent;
    }

    public OnlineContact Online { get; }

    public CommandAndControl CommandAndControl { get; }

    public Rms Rms { get; }

    public NotifySimulator Notify { get; }

    public CaseManagement CaseManagement { get; }

    public CourtListing Court { get; }

    /// <summary>Every system.</summary>
    public IReadOnlyList<SimulatedSystem> All => all;

    /// <summary>Where each system listens, by its id.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses => all.ToDictionary(system => system.Id, system => system.Address, StringComparer.Ordinal);

    /// <summary>What went wrong inside a simulator, and every message that the platform refused or that was given up.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. all.SelectMany(system => system.Faults),
        .. all.SelectMany(system => system.Sent.Entries.Where(sent => sent.Result != SendResult.Accepted).Select(sent => $"{system.Id}: {sent}")),
    ];

    /// <summary>The names of the keys that the systems use; the platform's side has the same.</summary>
    public static IReadOnlyList<string> KeyNames { get; } =
        [.. Known.Select(known => $"{known.Organisation}/{known.System}/inbound"), .. Known.Where(known => known.IsCalled).Select(known => $"{known.Organisation}/{known.System}/outbound")];

    /// <summary>Starts every system. Problems: keys that are missing, ports that are in use, all at once.</summary>
    public static async Task<Outcome<SimulatedSystems>> StartAsync(SimulatedSystemsOptions options, CancellationToken cancel = default)
    {
        var problems = new ProblemList();
        foreach (var name in KeyNames.Where(name => !options.Keys.ContainsKey(name)))
            problems.Add(null, "missing-key", $"The key {name} is missing. The simulated systems need it to speak with the platform.");
        if (!problems.IsEmpty) return problems.ToImmutable();
        var systems = new SimulatedSystems(options);
        foreach (var system in systems.all)
        {
            try
            {
                await system.StartAsync(options.Ports.GetValueOrDefault(system.Id), cancel);
            }
            catch (IOException inUse)
            {
                problems.Add(null, "port", $"The simulated system {system.Id} cannot listen: {inUse.Message} Choose another port or stop what uses it.");
            }
        }

        if (problems.IsEmpty) return systems;
        await systems.DisposeAsync();
        return problems.ToImmutable();
    }

    /// <summary>Begins the journey against the platform at an address: the victim reports, a unit attends, the rest follows from the platform's calls.</summary>
    public void Play(Uri platformAddress)
    {
        Connect(platformAddress);
        var now = options.Clock.GetUtcNow();
        Online.Report();
        CommandAndControl.Attend(now);
    }

    /// <summary>Says where the platform is, at first or after it moved.</summary>
    public void Connect(Uri platformAddress) => Volatile.Write(ref platform, platformAddress);

    /// <summary>Waits until no system has anything under way: nothing to send, no receipt to come. Meant for when the run has ended.</summary>
    public async Task WhenIdleAsync(CancellationToken cancel)
    {
        // Finished work may have begun other work in another system: look again until there is none.
        for (var left = Left(); left.Length > 0; left = Left()) await Task.WhenAll(left).WaitAsync(cancel);
        Task[] Left() => [.. all.SelectMany(system => system.Work)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in all) await system.DisposeAsync();
        http.Dispose();
    }

    /// <summary>What every system received, as the HTTP pages show it.</summary>
    public JsonValue ReceivedJson() => JsonValue.Of(all.Select(system => KeyValuePair.Create(system.Id, system.Received.ToJson())));

    void BeforeEvent(string type)
    {
        if (options.Plan.NotifyFaults.TryGetValue(type, out var fault)) Notify.FailNext(fault);
    }

    void AfterEvent(string type)
    {
        if (type == options.Plan.PreferenceChangesAfter) Online.ChangePreference(options.Plan.PreferenceWait);
    }

    T Make<T>(string system, Func<PlatformSender, SentLog, T> make)
    {
        var sent = new SentLog();
        var key = options.Keys[KeyName(system, "inbound")];
        return make(new PlatformSender(http, Platform, options.Receiver, system, options.Proofs[system], key, sent, options.Wall, options.Resend), sent);
    }

    OnlineContact NewOnline(PlatformSender sender, SentLog sent) => new(sender, sent, options.Clock, options.Plan);

    CommandAndControl NewCommandAndControl(PlatformSender sender, SentLog sent) => new(sender, sent, options.Clock, options.Plan);

    Rms NewRms(PlatformSender sender, SentLog sent) => new(options.Keys[KeyName("rms", "outbound")], sender, sent, options.Clock, options.Plan);

    NotifySimulator NewNotify(PlatformSender sender, SentLog sent) =>
        new(options.Keys[KeyName("notify", "outbound")], sender, sent, options.Clock, options.Wall, options.Notify);

    CaseManagement NewCaseManagement(PlatformSender sender, SentLog sent) =>
        new(options.Keys[KeyName("case-management", "outbound")], sender, http, () => Court.Address, sent, options.Clock, options.Wall, options.Plan);

    CourtListing NewCourt(PlatformSender sender, SentLog sent) => new(sender, sent, options.Clock, options.Plan);

    Uri Platform() => Volatile.Read(ref platform) ?? throw new InvalidOperationException("The simulated systems do not know where the platform is: call Connect or Play first.");

    static string KeyName(string system, string direction) => $"{Known.First(known => known.System == system).Organisation}/{system}/{direction}";
}
