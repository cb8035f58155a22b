using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Storage;

namespace Interop.Platform.Tests.Definitions;

/// <summary>Functions that workflows call out of the platform's own catalog, and events that nobody sends.</summary>
public sealed class CatalogTests : IDisposable
{
    const string Function = "functions/double/1.0.0/function.yaml";

    const string Calling = "document: { dsl: '1.0.3', namespace: tests, name: calling, version: '1.0.0' }\ndo: [ { one: { call: 'double:1.0.0@default', with: { n: 4 } } } ]";

    internal static readonly ImmutableSortedDictionary<string, string> Shipped = DefinitionFolder.Read(Mappings()).Value;

    readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("interop");

    public void Dispose() => scratch.Delete(recursive: true);

    [Fact]
    public void A_function_of_the_catalog_is_called()
    {
        var workflow = With((Function, "set: { n: '${ .n * 2 }' }")).Workflows.First(workflow => workflow.Name == "calling");
        Assert.Equal("""{"n":8}""", Machine.Start(workflow, new RunId("therunthatallcasesplayhere"), JsonValue.Null, DateTimeOffset.UnixEpoch).State.Output.ToString());
    }

    [Fact]
    public async Task A_published_function_stays_as_it_was()
    {
        await PublishedStore.Put(scratch.FullName);
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        Assert.Empty(await new DefinitionRegistry(With((Function, "set: { n: '${ .n * 2 }' }")), store).Publish(CancellationToken.None));
        Assert.Contains("Raise its version", Assert.Single(await new DefinitionRegistry(With((Function, "set: { n: 0 }")), store).Publish(CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_goes_on_with_a_function_that_is_no_longer_delivered()
    {
        await PublishedStore.Put(scratch.FullName);
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        Assert.Empty(await new DefinitionRegistry(With((Function, "set: { n: '${ .n * 2 }' }")), store).Publish(CancellationToken.None));
        var later = new DefinitionRegistry(DefinitionSet.Load(Shipped).Value, store);
        Assert.Empty(await later.Publish(CancellationToken.None));
        Assert.Empty((await later.Workflow("calling", "1.0.0", CancellationToken.None)).Refusals);
    }

    [Theory]
    [InlineData(Function, "sett: { n: 1 }", "functions/double/1.0.0/function.yaml", "Did you mean \"set\"?")]
    [InlineData("functions/double.yaml", "set: { n: 1 }", "functions/double.yaml", "functions/<name>/<version>/function.yaml")]
    [InlineData("workflows/deaf.yaml", "document: { dsl: '1.0.3', namespace: tests, name: deaf, version: '1.0.0' }\ndo: [ { one: { listen: { to: { one: { with: { type: case.updatd } } } } } } ]", "workflows/deaf.yaml", "Did you mean \"case.updated\"?")]
    [InlineData("workflows/round.yaml", "document: { dsl: '1.0.3', namespace: tests, name: round, version: '1.0.0' }\nschedule: { every: { hours: 1 } }\ndo: [ { one: { listen: { to: { one: { with: { type: case.updated } } } } } } ]", "workflows/round.yaml", "Runs of \"round\" begin at times and are about no incident")]
    [InlineData("workflows/lost.yaml", "document: { dsl: '1.0.3', namespace: tests, name: lost, version: '1.0.0' }\ndo: [ { one: { run: { workflow: { namespace: policing, name: victim-jurney } } } } ]", "workflows/lost.yaml", "Did you mean \"policing/victim-journey\"?")]
    public void What_is_wrong_is_told_where_it_stands(string path, string text, string file, string part) =>
        Assert.Contains(DefinitionSet.Load(Shipped.Add(path, text)).Problems, problem => problem.Place?.File == file && problem.Message.Contains(part, StringComparison.Ordinal));

    static DefinitionSet With(params (string Path, string Text)[] files) =>
        DefinitionSet.Load(Shipped.Add("workflows/calling.yaml", Calling).AddRange(files.Select(file => KeyValuePair.Create(file.Path, file.Text)))).Value;

    internal static string Mappings()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) return Path.Combine(at.FullName, "mappings");
        throw new DirectoryNotFoundException($"There is no repository above {AppContext.BaseDirectory}.");
    }
}
