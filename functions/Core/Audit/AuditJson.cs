using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Audit;

/// <summary>The canonical form of log lines: members in this order, what is absent left out, instants in UTC. It is what is hashed, so it never changes.</summary>
static class AuditJson
{
    static readonly ImmutableArray<string> Operations = ["collection", "alteration", "consultation", "disclosure", "combination", "erasure", "refused-access"];
    static readonly ImmutableArray<string> Actors = ["user", "system", "workflow", "unknown"];

    /// <summary>All but the hash.</summary>
    public static JsonValue Content(AuditEntry entry)
    {
        var data = entry.Data;
        (string Name, JsonValue Value)[] members =
        [
            ("sequence", entry.Sequence), ("organisation", entry.Organisation.ToString()), ("day", Timestamps.Print(entry.Day)), ("at", Timestamps.Print(data.At)),
            ("operation", Operations[(int)data.Operation]), ("who", JsonValue.Of(("kind", Actors[(int)data.Who.Kind]), ("id", data.Who.Id))), ("whom", data.Whom),
            ("what", JsonValue.Of(data.What.Select(id => JsonValue.Of(id)))), ("why", data.Why), ("agreement", data.Agreement), ("cause", data.Cause),
            ("previous", entry.PreviousHash),
        ];
        return JsonValue.Of([.. members.Where(member => !member.Value.IsNull)]);
    }

    public static Outcome<AuditEntry> Read(JsonValue value)
    {
        var fields = new StoredFields(value);
        var who = new StoredFields(value["who"]);
        var data = new AuditData(
            fields.Instant("at"),
            (AuditOperation)IndexOf(fields, "operation", Operations),
            new AuditActor((AuditActorKind)IndexOf(who, "kind", Actors), who.Text("id")),
            fields.OptionalText("whom"),
            What(value["what"], fields.Problems),
            fields.OptionalText("why"),
            fields.OptionalText("agreement"),
            fields.Text("cause"));
        var entry = new AuditEntry(fields.Whole("sequence"), fields.Parsed("organisation", OrganisationId.Parse), fields.Day("day"), data, fields.Text("previous"), fields.Text("hash"));
        fields.Problems.AddRange(who.Problems.ToImmutable().Select(problem => problem with { Path = "/who" + problem.Path }));
        return fields.Problems.Or(() => entry);
    }

    static ImmutableArray<string> What(JsonValue value, ProblemList problems)
    {
        if (value.Kind == JsonKind.Array && value.Items.All(item => item.Kind == JsonKind.String)) return [.. value.Items.Select(item => item.AsString())];
        problems.Add(new Problem("type", "\"what\" must be a list of ids.", "/what"));
        return [];
    }

    static int IndexOf(StoredFields fields, string name, ImmutableArray<string> names)
    {
        var at = names.IndexOf(fields.Text(name), StringComparer.Ordinal);
        if (at < 0) fields.Unknown(name);
        return Math.Max(at, 0);
    }
}
