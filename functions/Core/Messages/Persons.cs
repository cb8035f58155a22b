using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>The persons of a merged incident.</summary>
/// <remarks>
/// Two persons of one record are two. A person of a new record is taken for one that is known if, in this order: the known one already says all of it;
/// they have the same name and no different birth dates; both are victims, only one known victim is left, and their names do not speak against it.
/// Otherwise it is one more person. What was stated first stands, except that a person record replaces how to reach the person.
/// </remarks>
static class Persons
{
    static readonly JsonValue Victim = "victim";
    static readonly string[] Addresses = ["sms", "email"];

    public static JsonValue Join(JsonValue known, JsonValue incoming, Func<JsonValue, JsonValue, JsonValue> merge)
    {
        if (incoming.Count == 0) return known;
        var persons = known.Items.ToList();
        var others = incoming.Items;
        var partners = Matching.Largest(others.Count, persons.Count, (other, person) => SaysAll(persons[person], others[other], merge));
        var taken = partners.Where(partner => partner >= 0).ToHashSet();

        Claim(partners, taken, other => Free(persons, taken).FirstOrDefault(person => SameName(persons[person], others[other]), -1));
        Claim(partners, taken, other => OnlyVictim(persons, taken, others[other]));

        for (var other = 0; other < others.Count; other++)
        {
            if (partners[other] >= 0) persons[partners[other]] = merge(persons[partners[other]], others[other]);
            else persons.Add(others[other]);
        }

        return JsonValue.Of(persons);
    }

    /// <summary>The person with what a record of its own says: how to reach them and what they are entitled to is replaced, the rest filled.</summary>
    public static JsonValue Replace(JsonValue person, JsonValue record)
    {
        var contact = Filling.Renew(person["contact"], record["contact"]);
        var filled = Filling.Fill(person, record.Without("contact"));
        if (!contact.IsNull) filled = filled.With("contact", contact);
        return record["enhancedRights"].IsNull ? filled : filled.With("enhancedRights", record["enhancedRights"]);
    }

    /// <summary>The persons once the only victim has chosen a channel; it counts as safe, since the victim named it.</summary>
    public static JsonValue Choose(JsonValue persons, JsonValue recipient)
    {
        var victims = Free([.. persons.Items], []).Where(at => IsVictim(persons[at])).ToArray();
        if (victims.Length != 1 || recipient["channel"].StringOrNull is not { } channel) return persons;
        var victim = persons[victims[0]];
        var contact = victim["contact"].With("preferred", channel);
        if (channel != "none") contact = contact.With("safe", JsonValue.Of(contact["safe"].Items.Union([JsonValue.Of(channel)])));
        foreach (var route in Addresses.Where(route => !recipient[route].IsNull)) contact = contact.With(route, recipient[route]);
        return JsonValue.Of(persons.Items.Select((person, at) => at == victims[0] ? victim.With("contact", contact) : person));
    }

    static bool SaysAll(JsonValue known, JsonValue other, Func<JsonValue, JsonValue, JsonValue> merge) =>
        known == other || ((SameName(known, other) || (IsVictim(known) && IsVictim(other) && MayBeOne(known, other))) && merge(known, other) == known);

    static void Claim(int[] partners, HashSet<int> taken, Func<int, int> find)
    {
        for (var other = 0; other < partners.Length; other++)
        {
            if (partners[other] >= 0 || find(other) is not (>= 0 and var person)) continue;
            partners[other] = person;
            taken.Add(person);
        }
    }

    static int OnlyVictim(List<JsonValue> persons, HashSet<int> taken, JsonValue other)
    {
        var victims = Free(persons, taken).Where(person => IsVictim(persons[person])).ToArray();
        return victims.Length == 1 && IsVictim(other) && MayBeOne(persons[victims[0]], other) ? victims[0] : -1;
    }

    static IEnumerable<int> Free(List<JsonValue> persons, HashSet<int> taken) => Enumerable.Range(0, persons.Count).Where(person => !taken.Contains(person));

    static bool IsVictim(JsonValue person) => person["roles"].Kind == JsonKind.Array && person["roles"].Items.Contains(Victim);

    static bool SameName(JsonValue left, JsonValue right) =>
        Family(left).Length > 0 && Same(Family(left), Family(right)) && Given(left).Length > 0 && Same(Given(left), Given(right)) && BornAlike(left, right);

    static bool MayBeOne(JsonValue left, JsonValue right)
    {
        var family = Family(left).Length == 0 || Family(right).Length == 0 || Same(Family(left), Family(right));
        return family && BornAlike(left, right) && (Given(left).Length == 0 || Given(right).Length == 0 || Same(Given(left), Given(right)) || InitialOf(Given(left), Given(right)));
    }

    static bool InitialOf(string left, string right) => (left.Length == 1 || right.Length == 1) && char.ToUpperInvariant(left[0]) == char.ToUpperInvariant(right[0]);

    static bool BornAlike(JsonValue left, JsonValue right) =>
        left["dateOfBirth"].IsNull || right["dateOfBirth"].IsNull || left["dateOfBirth"] == right["dateOfBirth"];

    static string Family(JsonValue person) => person["name"]["family"].StringOrNull?.Trim() ?? "";

    static string Given(JsonValue person) => person["name"]["given"][0].StringOrNull?.Trim().TrimEnd('.') ?? "";

    static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
