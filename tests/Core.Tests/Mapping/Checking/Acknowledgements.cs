using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What a definition accepts, and the definition without it.</summary>
static class Acknowledgements
{
    /// <summary>The entries under <c>losses</c>, one for each path.</summary>
    public static IEnumerable<(string Rule, string Path)> Losses(SourceNode root) => ((root as SourceMap)?["losses"] as SourceList)?.Items.Cast<SourceMap>()
        .SelectMany(entry => Texts(entry["path"]!).Select(path => (((SourceScalar)entry["rule"]!).Text, path))) ?? [];

    static IEnumerable<string> Texts(SourceNode node) => node is SourceList list ? list.Items.Cast<SourceScalar>().Select(one => one.Text) : [((SourceScalar)node).Text];

    /// <summary>The definition without <c>losses</c>.</summary>
    public static SourceNode WithoutLosses(SourceNode root) => root is SourceMap map ? map with { Entries = [.. map.Entries.Where(entry => entry.Name != "losses")] } : root;

    /// <summary>The definition without the <c>loss</c> of one field, for each that states one.</summary>
    public static IEnumerable<(Place Place, string Loss, SourceNode Definition)> WithoutEach(SourceNode root) => Fields(root).Select(one => (one.Place, one.Loss, Without(root, one.Place)));

    static IEnumerable<(Place Place, string Loss)> Fields(SourceNode node) => node switch
    {
        SourceMap map => map.Entries.SelectMany(entry => entry is { Name: "loss", Value: SourceScalar loss } ? [(entry.Place, loss.Text)] : Fields(entry.Value)),
        SourceList list => list.Items.SelectMany(Fields),
        _ => [],
    };

    static SourceNode Without(SourceNode node, Place place) => node switch
    {
        SourceMap map => map with { Entries = [.. map.Entries.Where(entry => entry.Place != place).Select(entry => entry with { Value = Without(entry.Value, place) })] },
        SourceList list => list with { Items = [.. list.Items.Select(item => Without(item, place))] },
        _ => node,
    };
}
