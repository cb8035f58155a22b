using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core.Mapping;

/// <summary>A person's name in parts.</summary>
readonly record struct NameParts(string? Title, ImmutableArray<string> Given, string? Family);

/// <summary>How a system writes a whole name, such as <c>FAMILY, Given</c> or <c>title given family</c>: the parts in their order, and what stands between. A part in capitals is written in capitals.</summary>
sealed partial class NameForm
{
    readonly ImmutableArray<(string Part, bool Capitals, string After)> parts;
    readonly ImmutableArray<string> titles;

    NameForm(ImmutableArray<(string, bool, string)> parts, ImmutableArray<string> titles) => (this.parts, this.titles) = (parts, titles);

    /// <summary>The form a text states; null if it does not name family and given, each part once, with something between them.</summary>
    public static NameForm? Parse(string text, ImmutableArray<string> titles)
    {
        var found = Words().Matches(text);
        var names = found.Select(match => match.Value.ToLowerInvariant()).ToList();
        if (found.Count < 2 || found[0].Index > 0 || found[^1].Index + found[^1].Length < text.Length || names.Distinct(StringComparer.Ordinal).Count() < names.Count) return null;
        if (!names.Contains("family", StringComparer.Ordinal) || !names.Contains("given", StringComparer.Ordinal) || names.Contains("title", StringComparer.Ordinal) == titles.IsEmpty) return null;
        var order = ImmutableArray.CreateBuilder<(string, bool, string)>();
        for (var at = 0; at < found.Count; at++)
        {
            var end = found[at].Index + found[at].Length;
            var after = at + 1 < found.Count ? text[end..found[at + 1].Index] : "";
            if (after.Length == 0 && at + 1 < found.Count) return null;
            order.Add((names[at], found[at].Value.All(char.IsAsciiLetterUpper), after));
        }

        return new NameForm(order.ToImmutable(), titles);
    }

    /// <summary>The parts of a whole name. What is a title stands in the list of titles; given names are those between blanks; without its separator a name is a family name alone.</summary>
    public NameParts Read(string whole)
    {
        string? title = null, family = null;
        var given = "";
        var (rest, order) = (whole, parts.ToList());
        TakeTitle(ref rest, order, ref title);
        if (order.Count == 1) order.Add(("given", false, ""));
        var (first, second) = (order[0], order[1]);

        // The last of several separators before a family name, the first after it: given names may hold it, as blanks do.
        var cut = first.Part == "family" ? rest.IndexOf(first.After, StringComparison.Ordinal) : rest.LastIndexOf(first.After, StringComparison.Ordinal);
        if (cut < 0) family = rest;
        else
        {
            var (before, after) = (rest[..cut], rest[(cut + first.After.Length)..]);
            (family, given) = first.Part == "family" ? (before, after) : (after, before);
        }

        var (familyIsCapitals, givenIsCapitals) = (Capitals("family"), Capitals("given"));
        return new NameParts(
            title,
            [.. given.Split(' ').Where(one => one.Length > 0).Select(one => givenIsCapitals ? Capitalised(one) : one)],
            family.Length == 0 ? null : familyIsCapitals ? Capitalised(family) : family);
    }

    /// <summary>The whole name; what stands beside an absent part is left out.</summary>
    public string Write(NameParts name)
    {
        var text = "";
        var between = "";
        foreach (var (part, capitals, after) in parts)
        {
            var value = part switch { "title" => name.Title, "family" => name.Family, _ => name.Given.IsEmpty ? null : string.Join(' ', name.Given) };
            if (string.IsNullOrEmpty(value)) continue;
            text += (text.Length == 0 ? "" : between) + (capitals ? value.ToUpperInvariant() : value);
            between = after;
        }

        return text;
    }

    void TakeTitle(ref string rest, List<(string Part, bool Capitals, string After)> order, ref string? title)
    {
        var at = order.FindIndex(part => part.Part == "title");
        if (at < 0) return;
        var whole = rest;
        if (at < order.Count - 1)
        {
            var after = order[at].After;
            title = at > 0 ? null : titles.FirstOrDefault(known => whole.StartsWith(known + after, StringComparison.OrdinalIgnoreCase));
            if (title is not null) rest = rest[(title.Length + after.Length)..];
        }
        else
        {
            var before = order[at - 1].After;
            title = titles.FirstOrDefault(known => whole.EndsWith(before + known, StringComparison.OrdinalIgnoreCase));
            if (title is not null) rest = rest[..^(title.Length + before.Length)];
            order[at - 1] = order[at - 1] with { After = "" };
        }

        order.RemoveAt(at);
    }

    bool Capitals(string part) => parts.First(one => one.Part == part).Capitals;

    // O'BRIEN-SMITH: a letter after a sign or a blank begins a word.
    static string Capitalised(string text)
    {
        var letters = text.ToLowerInvariant().ToCharArray();
        for (var at = 0; at < letters.Length; at++)
        {
            if (at == 0 || !char.IsLetter(letters[at - 1])) letters[at] = char.ToUpper(letters[at], CultureInfo.InvariantCulture);
        }

        return new string(letters);
    }

    [GeneratedRegex("title|given|family|Title|Given|Family|TITLE|GIVEN|FAMILY", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
