using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Runs;

/// <summary>Events that begin a run together: kept until all have come, and then one run, whatever comes between.</summary>
public sealed class StartSetsTests : IAsyncLifetime
{
    const string Paired = """
        document: { dsl: '1.0.3', namespace: tests, name: paired, version: '1.0.0' }
        schedule: { on: { all: [ { with: { type: incident.attended }CORRELATE }, { with: { type: case.updated }CORRELATE } ] } }
        do: [ { hear: { listen: { to: { one: { with: { type: contact.changed } } } } } } ]
        """;

    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly SubjectId One = new("theincidentofthesetsnumbe2");
    static readonly SubjectId Other = new("theincidentofthesetsnumbe3");

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    IdlePlatform platform = null!;

    public async Task InitializeAsync() => platform = await Start("");

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Events_OfOneIncident_BeginOneRunInTheOrderOfTheDefinition()
    {
        await Route(One, Event("case.updated", "2"));
        Assert.Empty(await Runs());
        await Route(One, Event("incident.attended", "1"));
        await Route(One, Event("incident.attended", "1"));
        await Route(One, Event("case.updated", "3"));

        var run = Assert.Single(await Runs());
        Assert.Equal("""["1","2"]""", Ids(run));
        Assert.Equal(One.Value, run.Subject);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Events_OfDifferentIncidents_DoNotComeTogether()
    {
        await Route(One, Event("incident.attended", "1"));
        await Route(Other, Event("case.updated", "2"));
        Assert.Empty(await Runs());
    }

    [Fact]
    public async Task Events_OfIncidentsFoundToBeTheSame_ComeTogether()
    {
        await Route(Other, Event("incident.attended", "1"));
        await platform.Unwatched.Commit(SubjectKeys.Partition(Force, One), [new Change.Upsert(SubjectKeys.Merged(Other), default)], CancellationToken.None);
        await Route(One, Event("case.updated", "2"));
        Assert.Equal("""["1","2"]""", Ids(Assert.Single(await Runs())));
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Events_Correlated_BeginARunForEachValue()
    {
        await platform.DisposeAsync();
        platform = await Start(", correlate: { case: { from: .data.case } }");
        await Route(One, Event("incident.attended", "1", "x"));
        await Route(One, Event("incident.attended", "2", "y"));
        await Route(Other, Event("case.updated", "3", "y"));
        await Route(Other, Event("case.updated", "4", "x"));
        Assert.Equal(["""["1","4"]""", """["2","3"]"""], (await Runs()).Select(Ids).Order());
        Assert.All(await Runs(), run => Assert.Equal(One.Value, run.Subject));
        Assert.Equal(2, (await platform.Get<SubjectStore>().Runs(Force, Other, CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Set_WhicheverCommitFails_BeginsOneRun()
    {
        for (var failing = 1; failing < 100; failing++)
        {
            foreach (var made in new[] { false, true })
            {
                await platform.DisposeAsync();
                platform = await Start("");
                var commits = 0;
                Task Fail(string partition, IReadOnlyList<Change> changes) => ++commits == failing ? throw new StoreException("The test lets this commit fail.") : Task.CompletedTask;
                if (made) platform.Store.After = Fail;
                else platform.Store.Before = Fail;
                foreach (var came in new[] { Event("incident.attended", "1"), Event("case.updated", "2"), Event("case.updated", "2") })
                {
                    try
                    {
                        await Route(One, came);
                    }
                    catch (StoreException)
                    {
                        // As after a crash: what was cut off is routed again.
                        await Route(One, came);
                    }
                }

                Assert.Equal("""["1","2"]""", Ids(Assert.Single(await Runs())));
                Assert.Empty(await Rows());
                if (commits < failing) return;
            }
        }

        Assert.Fail("A hundred commits for one run.");
    }

    [Fact]
    public async Task Set_WhoseTimeIsOver_IsGivenUp()
    {
        await Route(One, Event("incident.attended", "1"));
        clock.Advance(StartSets.Longest + TimeSpan.FromSeconds(1));
        var due = Assert.Single(await Rows(), row => row.Due is not null);
        Assert.Same(WorkOutcome.Finished, await platform.Get<WorkPerformer>().Perform(new WorkItem(due.Partition, due.Key, IsFresh: false), CancellationToken.None));
        Assert.Empty(await Rows());
        await Route(One, Event("case.updated", "2"));
        Assert.Empty(await Runs());
    }

    [Fact]
    public async Task Sets_MoreThanAreKept_GiveWayFromTheOldest()
    {
        var sets = new StartSets(platform.Store, platform.Get<SubjectStore>(), clock, mostSets: 2);
        var workflow = platform.Get<DefinitionRegistry>().Current.Workflows.Single(known => known.Name == "paired");
        foreach (var number in new[] { 4, 2, 3 })
        {
            await sets.Take(Force, new SubjectId($"theincidentofthesetsnumbe{number}"), workflow, Event("incident.attended", $"{number}"), CancellationToken.None);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Null(await sets.Find(Force, "paired", """{"subject":"theincidentofthesetsnumbe4"}""", CancellationToken.None));
        Assert.NotNull(await sets.Find(Force, "paired", """{"subject":"theincidentofthesetsnumbe2"}""", CancellationToken.None));
        Assert.NotNull(await sets.Find(Force, "paired", """{"subject":"theincidentofthesetsnumbe3"}""", CancellationToken.None));
    }

    [Fact]
    public async Task Erase_OfASubject_TakesItsEventsOutOfTheSets()
    {
        await Route(One, Event("incident.attended", "1"));
        await platform.Get<StartSets>().Erase(Force, One, CancellationToken.None);
        Assert.Empty(await Rows());
    }

    Task<IdlePlatform> Start(string correlate) => IdlePlatform.Start(Paired.Replace("CORRELATE", correlate, StringComparison.Ordinal), clock);

    Task Route(SubjectId subject, JsonValue cloudEvent) => platform.Get<EventRouter>().Route(Force, subject, cloudEvent.With("subject", subject.Value), CancellationToken.None);

    async Task<List<RunRecord>> Runs()
    {
        var runs = new List<RunRecord>();
        await foreach (var (_, run) in platform.Get<RunList>().Newest(Force, null, null, null, 100, CancellationToken.None)) runs.Add(run);
        return runs;
    }

    // The count stays.
    async Task<List<Row>> Rows()
    {
        var rows = new List<Row>();
        await foreach (var row in platform.Unwatched.Range(PartitionKey.Of(Force.Value, StartSets.PartitionPart, "paired"), "", null, 100, CancellationToken.None)) rows.Add(row);
        return [.. rows.Where(row => row.Key != "count")];
    }

    static string Ids(RunRecord run) => JsonValue.Of(RunState.FromJson(run.State).Value.Input.Items.Select(one => one["id"])).ToString();

    static JsonValue Event(string type, string id, string about = "") =>
        JsonValue.Of(("specversion", "1.0"), ("id", id), ("source", "/tests"), ("type", type), ("data", JsonValue.Of(("case", about.Length == 0 ? JsonValue.Null : about))));
}
