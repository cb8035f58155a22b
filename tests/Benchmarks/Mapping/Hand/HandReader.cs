using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>The system's JSON to a <see cref="HandRecord"/> in one pass: members in any order, unknown and doubled members refused, lengths, the enumeration, required members. False for what is refused.</summary>
ref struct HandReader(ReadOnlySpan<byte> json, HandRecord into)
{
    const int RequiredOfOccurrence = 0b11_0001_1111;
    const int RequiredOfVenue = 0b010;
    const int RequiredOfNominal = 0b000111;
    const int RequiredOfEvent = 0b011;

    readonly ReadOnlySpan<byte> json = json;
    Utf8JsonReader reader = new(json);

    public bool Document()
    {
        into.Clear();
        return Utf8.IsValid(json) && Next(JsonTokenType.StartObject) && Next(JsonTokenType.PropertyName) && reader.ValueTextEquals("occurrence"u8) && Next(JsonTokenType.StartObject) && Occurrence() && Next(JsonTokenType.EndObject) && !reader.Read();
    }

    bool Occurrence()
    {
        var seen = 0;
        while (Next(JsonTokenType.PropertyName))
        {
            var member = SourceNames.Occurrence(Name());
            if (!IsNew(member, ref seen) || !reader.Read()) return false;
            var isRight = member switch
            {
                0 => Take(out into.Number, 1, 100),
                1 => Take(out into.CrimeRef, 1, 100),
                2 => Take(out into.Status),
                3 => Take(out into.Offence),
                4 => Take(out into.From, 16, 16),
                5 => Take(out into.To, 16, 16),
                6 => Take(out into.Modus, 1, 4000),
                7 => Venue(),
                8 => Nominals(),
                _ => Events(),
            };
            if (!isRight) return false;
        }

        return Ends(seen, RequiredOfOccurrence);
    }

    bool Venue()
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        into.HasVenue = true;
        var seen = 0;
        while (Next(JsonTokenType.PropertyName))
        {
            var member = SourceNames.Venue(Name());
            if (!IsNew(member, ref seen) || !reader.Read()) return false;
            var isRight = member switch
            {
                0 => Texts(into.Lines, 0, 100, out into.LineCount),
                1 => Take(out into.Town, 1, 100),
                _ => Take(out into.PostCode),
            };
            if (!isRight) return false;
        }

        return Ends(seen, RequiredOfVenue);
    }

    bool Nominals()
    {
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (Next(JsonTokenType.StartObject))
        {
            if (into.NominalCount == HandRecord.MostNominals) return false;
            var forenames = into.Forenames.AsSpan(into.NominalCount * HandRecord.MostForenames, HandRecord.MostForenames);
            ref var nominal = ref into.Nominals[into.NominalCount++];
            nominal = default;
            if (!Nominal(ref nominal, forenames)) return false;
        }

        return reader.TokenType == JsonTokenType.EndArray && into.NominalCount > 0;
    }

    bool Nominal(ref HandRecord.Nominal nominal, Span<HandText> forenames)
    {
        var seen = 0;
        while (Next(JsonTokenType.PropertyName))
        {
            var member = SourceNames.Nominal(Name());
            if (!IsNew(member, ref seen) || !reader.Read()) return false;
            var isRight = member switch
            {
                0 => Take(out nominal.Role) && HandCodes.IsRole(nominal.Role.In(json)),
                1 => Texts(forenames, 1, 35, out nominal.ForenameCount),
                2 => Take(out nominal.Surname, 1, 35),
                3 => Take(out nominal.Born, 10, 10),
                4 => Take(out nominal.Mobile),
                _ => Take(out nominal.Needs, 1, 500),
            };
            if (!isRight) return false;
        }

        return Ends(seen, RequiredOfNominal);
    }

    bool Events()
    {
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (Next(JsonTokenType.StartObject))
        {
            if (into.EventCount == HandRecord.MostEvents) return false;
            ref var one = ref into.Events[into.EventCount++];
            one = default;
            if (!Event(ref one)) return false;
        }

        return reader.TokenType == JsonTokenType.EndArray && into.EventCount > 0;
    }

    bool Event(ref HandRecord.Event one)
    {
        var seen = 0;
        while (Next(JsonTokenType.PropertyName))
        {
            var member = SourceNames.Event(Name());
            if (!IsNew(member, ref seen) || !reader.Read()) return false;
            var isRight = member switch
            {
                0 => Take(out one.Type),
                1 => Take(out one.At),
                _ => Take(out one.Text, 1, 500),
            };
            if (!isRight) return false;
        }

        return Ends(seen, RequiredOfEvent);
    }

    bool Texts(Span<HandText> list, int least, int mostCharacters, out int count)
    {
        count = 0;
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (count == list.Length || !Take(out list[count], 1, mostCharacters)) return false;
            count++;
        }

        return reader.TokenType == JsonTokenType.EndArray && count >= least;
    }

    bool Next(JsonTokenType token) => reader.Read() && reader.TokenType == token;

    readonly bool Ends(int seen, int required) => reader.TokenType == JsonTokenType.EndObject && (seen & required) == required;

    static bool IsNew(int member, ref int seen)
    {
        if (member < 0 || (seen >> member & 1) != 0) return false;
        seen |= 1 << member;
        return true;
    }

    readonly ReadOnlySpan<byte> Name() => reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;

    bool Take(out HandText into, int least = 0, int most = int.MaxValue)
    {
        into = HandText.Of(ref reader, least, most);
        return !into.IsNone;
    }
}
