using System.Xml.Linq;
using Interop.Core.Json;

namespace Interop.Local.Tests.Simulators;

/// <summary>What the simulated systems send has the shape of the wire examples beside the mappings.</summary>
public sealed class WireShapeTests
{
    [SkippableFact]
    public async Task EveryMessage_HasTheShapeOfItsExamples()
    {
        var maps = Maps();
        Skip.If(maps is null, "There is no folder mappings/maps above the tests.");
        await using var platform = await FakePlatform.StartAsync();
        await using var systems = await StandIn.PlayAsync(platform);
        var messages = await platform.NextAsync(platform.Count);
        Assert.Equal(
            ["attendance", "charging-decision", "contact-preference", "delivery-receipt", "hearing", "incident-report", "result", "status-event"],
            messages.Select(message => message.Type).Distinct().Order(StringComparer.Ordinal));
        foreach (var message in messages)
        {
            var examples = Directory.GetFiles(Path.Combine(maps!, $"{message.System}-{message.Type}", "examples"), "*.source.*");
            var known = examples.SelectMany(file => Paths(File.ReadAllText(file))).ToHashSet(StringComparer.Ordinal);
            Assert.Empty(Paths(message.Body).Where(path => !known.Contains(path)).Select(path => $"{message.System} {message.Type}: {path}"));
        }
    }

    // Bad input stands among the examples too: what cannot be read has no shape.
    static IEnumerable<string> Paths(string text)
    {
        if (JsonValue.Parse(text) is { Succeeded: true } json) return Paths(json.Value, "");
        try
        {
            return Paths(XElement.Parse(text), "");
        }
        catch (System.Xml.XmlException)
        {
            return [];
        }
    }

    static IEnumerable<string> Paths(JsonValue value, string at) => value.Kind switch
    {
        JsonKind.Object => value.Members.SelectMany(member => Paths(member.Value, $"{at}/{member.Key}")),
        JsonKind.Array => value.Items.SelectMany(item => Paths(item, $"{at}[]")),
        _ => [$"{at}: {value.Kind}"],
    };

    static IEnumerable<string> Paths(XElement element, string at) =>
    [
        .. element.Attributes().Select(attribute => $"{at}/{element.Name}@{attribute.Name}"),
        .. element.HasElements ? element.Elements().SelectMany(child => Paths(child, $"{at}/{element.Name}")) : [$"{at}/{element.Name}"],
    ];

    static string? Maps()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var maps = Path.Combine(folder.FullName, "mappings", "maps");
            if (Directory.Exists(maps)) return maps;
        }

        return null;
    }
}
