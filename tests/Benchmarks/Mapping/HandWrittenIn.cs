using System.Text.Json;

namespace Interop.Benchmarks.Mapping;

/// <summary>
/// The task written by hand on Utf8JsonReader and Utf8JsonWriter: members in any order, unknown and doubled members refused, lengths, enumerations, required members, codes, dates that exist,
/// the clock change. False for what is refused; it does not say why. One thread.
/// </summary>
sealed class HandWrittenIn
{
    const int Most = 100;

    readonly Nominal[] nominals = new Nominal[Most];
    readonly Event[] events = new Event[Most];
    readonly Slice[] texts = new Slice[2_000];
    int nominalCount;
    int eventCount;
    int textCount;

    struct Nominal
    {
        public Slice Role, Surname, Born, Mobile, Needs;
        public (int From, int Count) Forenames;
    }

    struct Event
    {
        public Slice Type, At, Text;
    }

    struct Occurrence
    {
        public Slice Number, CrimeRef, Status, Offence, From, To, Modus, Town, PostCode;
        public (int From, int Count) Address;
        public bool HasVenue;
    }

    public bool Translate(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        (nominalCount, eventCount, textCount) = (0, 0, 0);
        var reader = new Utf8JsonReader(json);
        var found = default(Occurrence);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("occurrence"u8)) return false;
        if (!Read(ref reader, ref found) || !reader.Read() || reader.TokenType != JsonTokenType.EndObject || reader.Read()) return false;
        return Write(new HandContext(json, writer), found);
    }

    bool Read(ref Utf8JsonReader reader, ref Occurrence into)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRight;
            if (reader.ValueTextEquals("number"u8)) isRight = HandContext.Take(ref reader, ref into.Number, 1, 100);
            else if (reader.ValueTextEquals("crimeRef"u8)) isRight = HandContext.Take(ref reader, ref into.CrimeRef, 1, 100);
            else if (reader.ValueTextEquals("status"u8)) isRight = HandContext.Take(ref reader, ref into.Status, 0, int.MaxValue);
            else if (reader.ValueTextEquals("offenceCode"u8)) isRight = HandContext.Take(ref reader, ref into.Offence, 0, int.MaxValue);
            else if (reader.ValueTextEquals("committedFrom"u8)) isRight = HandContext.Take(ref reader, ref into.From, 16, 16);
            else if (reader.ValueTextEquals("committedTo"u8)) isRight = HandContext.Take(ref reader, ref into.To, 16, 16);
            else if (reader.ValueTextEquals("modus"u8)) isRight = HandContext.Take(ref reader, ref into.Modus, 1, 4000);
            else if (reader.ValueTextEquals("venue"u8)) isRight = Venue(ref reader, ref into);
            else if (reader.ValueTextEquals("nominal"u8)) isRight = Nominals(ref reader);
            else if (reader.ValueTextEquals("event"u8)) isRight = Events(ref reader);
            else return false;
            if (!isRight) return false;
        }

        return reader.TokenType == JsonTokenType.EndObject && !into.Number.IsNone && !into.CrimeRef.IsNone && !into.Status.IsNone && !into.Offence.IsNone && !into.From.IsNone && nominalCount > 0 && eventCount > 0;
    }

    bool Venue(ref Utf8JsonReader reader, ref Occurrence into)
    {
        if (into.HasVenue || !reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        into.HasVenue = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRight;
            if (reader.ValueTextEquals("address"u8)) isRight = into.Address.From == 0 && Texts(ref reader, 0, 6, 100, out into.Address);
            else if (reader.ValueTextEquals("town"u8)) isRight = HandContext.Take(ref reader, ref into.Town, 1, 100);
            else if (reader.ValueTextEquals("postCode"u8)) isRight = HandContext.Take(ref reader, ref into.PostCode, 0, int.MaxValue);
            else return false;
            if (!isRight) return false;
        }

        return reader.TokenType == JsonTokenType.EndObject && !into.Town.IsNone;
    }

    bool Texts(ref Utf8JsonReader reader, int least, int most, int mostCharacters, out (int From, int Count) list)
    {
        // One place is left, so that a list that is there never begins at 0.
        list = (++textCount, 0);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (list.Count == most || !HandContext.IsOfLength(ref reader, 1, mostCharacters)) return false;
            texts[textCount++] = Slice.Of(ref reader);
            list.Count++;
        }

        return reader.TokenType == JsonTokenType.EndArray && list.Count >= least;
    }

    bool Nominals(ref Utf8JsonReader reader)
    {
        if (nominalCount > 0 || !reader.Read() || reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (nominalCount == 50) return false;
            ref var into = ref nominals[nominalCount++];
            into = default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isRight;
                if (reader.ValueTextEquals("role"u8)) isRight = HandContext.Take(ref reader, ref into.Role, 0, int.MaxValue) && HandCodes.IsRole(reader.ValueSpan);
                else if (reader.ValueTextEquals("forename"u8)) isRight = into.Forenames.From == 0 && Texts(ref reader, 1, 10, 35, out into.Forenames);
                else if (reader.ValueTextEquals("surname"u8)) isRight = HandContext.Take(ref reader, ref into.Surname, 1, 35);
                else if (reader.ValueTextEquals("dob"u8)) isRight = HandContext.Take(ref reader, ref into.Born, 10, 10);
                else if (reader.ValueTextEquals("mobile"u8)) isRight = HandContext.Take(ref reader, ref into.Mobile, 0, int.MaxValue);
                else if (reader.ValueTextEquals("needs"u8)) isRight = HandContext.Take(ref reader, ref into.Needs, 1, 500);
                else return false;
                if (!isRight) return false;
            }

            if (reader.TokenType != JsonTokenType.EndObject || into.Role.IsNone || into.Surname.IsNone || into.Forenames.From == 0) return false;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    bool Events(ref Utf8JsonReader reader)
    {
        if (eventCount > 0 || !reader.Read() || reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (eventCount == 100) return false;
            ref var into = ref events[eventCount++];
            into = default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isRight;
                if (reader.ValueTextEquals("type"u8)) isRight = HandContext.Take(ref reader, ref into.Type, 0, int.MaxValue);
                else if (reader.ValueTextEquals("at"u8)) isRight = HandContext.Take(ref reader, ref into.At, 0, int.MaxValue);
                else if (reader.ValueTextEquals("text"u8)) isRight = HandContext.Take(ref reader, ref into.Text, 1, 500);
                else return false;
                if (!isRight) return false;
            }

            if (reader.TokenType != JsonTokenType.EndObject || into.Type.IsNone || into.At.IsNone) return false;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    bool Write(HandContext context, in Occurrence found)
    {
        var writer = context.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray(HandNames.References);
        Reference(context, HandNames.Occurrence, found.Number);
        Reference(context, HandNames.Crime, found.CrimeRef);
        writer.WriteEndArray();
        if (!Code(context, HandNames.Status, HandCodes.Statuses, found.Status) || !Code(context, HandNames.Offence, HandCodes.Offences, found.Offence)) return false;
        if (!HandTimes.WriteInstant(context, HandNames.OccurredFrom, found.From) || (!found.To.IsNone && !HandTimes.WriteInstant(context, HandNames.OccurredTo, found.To))) return false;
        context.Write(HandNames.Summary, found.Modus);
        if (found.HasVenue && !Location(context, found)) return false;
        writer.WriteStartArray(HandNames.Persons);
        for (var at = 0; at < nominalCount; at++)
        {
            if (!Person(context, nominals[at])) return false;
        }

        writer.WriteEndArray();
        writer.WriteStartArray(HandNames.Events);
        for (var at = 0; at < eventCount; at++)
        {
            ref readonly var one = ref events[at];
            writer.WriteStartObject();
            if (!Code(context, HandNames.Kind, HandCodes.EventTypes, one.Type) || !HandTimes.WriteInstant(context, HandNames.At, one.At)) return false;
            context.Write(HandNames.Text, one.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return true;
    }

    static void Reference(HandContext context, JsonEncodedText kind, Slice value)
    {
        context.Writer.WriteStartObject();
        context.Writer.WriteString(HandNames.Kind, kind);
        context.Write(HandNames.Value, value);
        context.Writer.WriteEndObject();
    }

    static bool Code(HandContext context, JsonEncodedText name, HandCodes codes, Slice code)
    {
        if (!codes.TryGet(context.Of(code), out var meaning)) return false;
        context.Writer.WriteString(name, meaning);
        return true;
    }

    bool Location(HandContext context, in Occurrence found)
    {
        context.Writer.WriteStartObject(HandNames.Location);
        if (found.Address.From > 0) List(context, HandNames.Lines, found.Address);
        context.Write(HandNames.Town, found.Town);
        if (!found.PostCode.IsNone)
        {
            if (!HandTexts.IsPostcode(context.Of(found.PostCode))) return false;
            context.Write(HandNames.Postcode, found.PostCode);
        }

        context.Writer.WriteEndObject();
        return true;
    }

    bool Person(HandContext context, in Nominal one)
    {
        var writer = context.Writer;
        writer.WriteStartObject();
        context.Write(HandNames.Role, one.Role);
        writer.WriteStartObject(HandNames.Name);
        List(context, HandNames.Given, one.Forenames);
        context.Write(HandNames.Family, one.Surname);
        writer.WriteEndObject();
        if (!one.Born.IsNone && !HandTimes.WriteDate(context, HandNames.DateOfBirth, one.Born)) return false;
        if (!one.Mobile.IsNone && !HandTexts.WriteInternational(context, HandNames.Sms, one.Mobile)) return false;
        context.Write(HandNames.Needs, one.Needs);
        writer.WriteEndObject();
        return true;
    }

    void List(HandContext context, JsonEncodedText name, (int From, int Count) list)
    {
        context.Writer.WriteStartArray(name);
        for (var at = 0; at < list.Count; at++) context.Write(texts[list.From + at]);
        context.Writer.WriteEndArray();
    }
}
