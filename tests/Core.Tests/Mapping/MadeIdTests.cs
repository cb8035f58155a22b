using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping;

/// <summary>The ids made for the entities of a document in the shape of the Police iHub Standard Data Model. That its sample comes back to the byte is an example of the mapping.</summary>
public sealed class MadeIdTests
{
    static readonly MappingDefinition Mapping = Repository.Load("online-contact-incident").Value;
    static readonly JsonValue Burglary = JsonValue.Parse(File.ReadAllBytes(Path.Combine(Repository.Mappings, "maps/online-contact-incident/examples/burglary.canonical.json"))).Value;

    [Fact]
    public void The_order_of_members_changes_no_id()
    {
        var turned = JsonValue.Of(Burglary.Members.Reverse());
        Assert.Equal(Sent(Burglary).ToString(), Sent(turned).ToString());
    }

    [Fact]
    public void Another_record_has_other_ids() => Assert.NotEqual(Sent(Burglary)["data"]["id"], Sent(Burglary.With("description", "Another."))["data"]["id"]);

    [Fact]
    public void Each_entity_has_an_id_of_its_own()
    {
        var ids = Sent(Burglary)["included"].Items.Select(one => one["id"].AsString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Equal((8, true), (Guid.Parse(id).Version, Guid.Parse(id).Variant is >= 8 and <= 11)));
    }

    static JsonValue Sent(JsonValue record) => Mapping.Translate(record, MappingDirection.Out).Value;
}
