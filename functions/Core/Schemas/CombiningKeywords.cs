using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

static class CombiningKeywords
{
    public static void Definitions(KeywordSite site)
    {
        foreach (var entry in site.Entries()) site.Subschema(entry.Value);
    }

    public static void Reference(KeywordSite site)
    {
        if (site.Text() is not { } reference || site.Compiler.Refer(reference, site.Value.Place, site.Document) is not { } target) return;
        site.Node.Always.Add(target);
        site.Node.Checks.Add(target.Validate);
    }

    public static void AllOf(KeywordSite site)
    {
        foreach (var part in site.Subschemas())
        {
            site.Node.Always.Add(part);
            site.Node.Checks.Add(part.Validate);
        }
    }

    public static void AnyOf(KeywordSite site)
    {
        var parts = Alternatives(site);
        site.Node.Checks.Add((visit, value) =>
        {
            Failure? nearest = null;
            foreach (var part in parts)
            {
                if (visit.Try(part, value) is not { } failure) return;
                nearest = Nearer(nearest, failure);
            }

            if (nearest is not null) Report(visit, "any-of", parts.Length, nearest, value);
        });
    }

    public static void OneOf(KeywordSite site)
    {
        var parts = Alternatives(site);
        site.Node.Checks.Add((visit, value) =>
        {
            Failure? nearest = null;
            var fits = new List<int>();
            foreach (var (index, part) in parts.Index())
            {
                if (visit.Try(part, value) is { } failure) nearest = Nearer(nearest, failure);
                else fits.Add(index + 1);
                if (fits.Count == 2) break;
            }

            if (fits.Count == 2) Report(visit, fits, value);
            else if (fits.Count == 0 && nearest is not null) Report(visit, "one-of", parts.Length, nearest, value);
        });
    }

    public static void Not(KeywordSite site)
    {
        var excluded = site.Subschema();
        site.Node.Questions.Add(excluded);
        site.Node.Checks.Add((visit, value) =>
        {
            if (visit.Try(excluded, value) is null) visit.Report("not", _ => SchemaMessages.Excluded, value);
        });
    }

    public static void If(KeywordSite site)
    {
        var question = site.Subschema();
        site.Node.Questions.Add(question);
        var (then, otherwise) = (site.Beside("then")?.Subschema(), site.Beside("else")?.Subschema());
        site.Node.Checks.Add((visit, value) => (visit.Try(question, value) is null ? then : otherwise)?.Validate(visit, value));
    }

    // What it means is read by "if"; here it only counts as a possible form.
    public static void Branch(KeywordSite site)
    {
        if (site.Beside("if") is null) site.Refuse(site.Entry.Place, "unused", $"\"{site.Name}\" means nothing without \"if\". Add \"if\" or leave it out.");
        site.Node.Sometimes.Add(site.Subschema());
    }

    static ImmutableArray<SchemaNode> Alternatives(KeywordSite site)
    {
        var parts = site.Subschemas();
        site.Node.Sometimes.AddRange(parts);
        return parts;
    }

    // The alternative that failed deepest within the value is the one its author most likely meant.
    static Failure Nearer(Failure? nearest, Failure other) => nearest is null || other.Innermost.Depth > nearest.Innermost.Depth ? other : nearest;

    static void Report(Visit visit, string rule, int count, Failure nearest, JsonValue value) =>
        visit.Report(rule, _ => SchemaMessages.NoAlternative(count, nearest.Innermost), value, nearest);

    static void Report(Visit visit, List<int> fits, JsonValue value) => visit.Report("one-of", _ => SchemaMessages.ManyAlternatives(fits[0], fits[1]), value);
}
