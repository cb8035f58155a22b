using System.Collections.Immutable;
using System.Net;
using System.Text;
using Interop.Core.Json;

namespace Interop.Platform.Delivery;

/// <summary>Puts <c>***</c> in the place of the secrets of a request, wherever its answer repeats them: the answer becomes a part of the run.</summary>
/// <remarks>It finds them as they are, in base64, percent-encoded, and escaped as in JSON. What the other side changed in another way, and what has less than six characters, it does not find.</remarks>
sealed class SecretMask
{
    const int Shortest = 6;
    const string Shown = "***";

    // The members of an authentication that only its owner may know.
    static readonly ImmutableArray<string> Guarded = ["assertion", "password", "secret", "token"];

    readonly ImmutableArray<string> forms;

    SecretMask(ImmutableArray<string> forms) => this.forms = forms;

    public static SecretMask None { get; } = new([]);

    /// <summary>This mask with every text of a secret.</summary>
    public SecretMask With(JsonValue secret) => Texts(secret).Aggregate(this, (so, text) => so.With(text));

    /// <summary>This mask with the guarded members of an authentication.</summary>
    public SecretMask WithGuarded(JsonValue policy) => policy.Kind != JsonKind.Object
        ? this
        : policy.Members.Aggregate(this, (so, member) => Guarded.Contains(member.Key) && member.Value.Kind != JsonKind.Object ? so.With(member.Value) : so.WithGuarded(member.Value));

    public SecretMask With(string? secret)
    {
        if (secret is null || secret.Length < Shortest) return this;
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        string[] all = [secret, base64, base64.TrimEnd('='), Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), Escaped(secret), Escaped(Escaped(secret))];

        // The longest first: a shorter one may be a part of it.
        return new SecretMask([.. forms.Concat(all).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)]);
    }

    public string Of(string text) => forms.Aggregate(text, (so, form) => so.Replace(form, Shown, StringComparison.Ordinal));

    /// <summary>Bytes of any kind; a secret in them stands in UTF-8.</summary>
    public byte[] Of(byte[] bytes)
    {
        if (forms.IsEmpty) return bytes;
        var text = forms.Aggregate(Encoding.Latin1.GetString(bytes), (so, form) => so.Replace(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(form)), Shown, StringComparison.Ordinal));
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>Every name and text of a value, and numbers that are a secret.</summary>
    public JsonValue Of(JsonValue value) => forms.IsEmpty ? value : value.Kind switch
    {
        JsonKind.String => JsonValue.Of(Of(value.AsString())),
        JsonKind.Number => Of(value.ToString()) is var text && text == value.ToString() ? value : JsonValue.Of(text),
        JsonKind.Array => JsonValue.Of(value.Items.Select(Of)),
        JsonKind.Object => JsonValue.Of(value.Members.Select(member => KeyValuePair.Create(Of(member.Key), Of(member.Value))).DistinctBy(member => member.Key, StringComparer.Ordinal)),
        _ => value,
    };

    // Twice where a JSON document stands as a text in another.
    static string Escaped(string text) => JsonValue.Of(text).ToString()[1..^1];

    static IEnumerable<string> Texts(JsonValue value) => value.Kind switch
    {
        JsonKind.String => [value.AsString()],
        JsonKind.Number => [value.ToString()],
        JsonKind.Array => value.Items.SelectMany(Texts),
        JsonKind.Object => value.Members.SelectMany(member => Texts(member.Value)),
        _ => [],
    };
}
