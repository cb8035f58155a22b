using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Makes <see cref="Form"/>s of a schema. What a form cannot say is a reason why the mapping is not compiled.</summary>
sealed class FormCompiler
{
    const int MaxForms = 2_000;
    const double MostExact = 1e15;

    static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "version", "$comment", "$defs", "$ref", "title", "description", "examples", "default", "xml", "csv", "fixed-width", "column", "record", "allOf", "type", "enum", "const", "pattern", "format", "minLength", "maxLength",
        "minimum", "maximum", "properties", "required", "dependentRequired", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems",
    };

    readonly List<string> reasons;
    readonly Dictionary<SchemaNode, int> ids = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, Form> made = new(StringComparer.Ordinal);

    FormCompiler(List<string> reasons) => this.reasons = reasons;

    public static Form Compile(Schema schema, List<string> reasons) => new FormCompiler(reasons).Of([schema.Root]);

    // Schemas may refer to themselves, so a form is known before its parts are made.
    Form Of(ImmutableArray<SchemaNode> nodes)
    {
        var all = new List<SchemaNode>();
        foreach (var node in nodes) Collect(node, all);
        var key = string.Join(',', all.Select(Id));
        if (made.TryGetValue(key, out var known)) return known;
        var form = new Form();
        made.Add(key, form);
        if (made.Count > MaxForms) Refuse(all[0], $"the schema has more than {MaxForms} places");
        else Fill(form, all);
        return form;
    }

    static void Collect(SchemaNode node, List<SchemaNode> all)
    {
        if (all.Contains(node)) return;
        all.Add(node);
        foreach (var part in node.Always) Collect(part, all);
    }

    int Id(SchemaNode node)
    {
        if (!ids.TryGetValue(node, out var id)) ids.Add(node, id = ids.Count);
        return id;
    }

    void Refuse(SchemaNode node, string what) => reasons.Add($"{node.Place}: {what}");

    void Fill(Form form, List<SchemaNode> all)
    {
        foreach (var node in all)
        {
            foreach (var keyword in node.Keywords.Where(keyword => !Known.Contains(keyword))) Refuse(node, $"the keyword \"{keyword}\"");
            if (node.Types is { } types) form.Types &= types;
        }

        Scalars(form, all);
        Object(form, all);
        Array(form, all);
    }

    void Scalars(Form form, List<SchemaNode> all)
    {
        var allowed = all.Where(node => !node.Allowed.IsEmpty).Select(node => node.Allowed)
            .Aggregate(default(ImmutableArray<JsonValue>?), (some, next) => some is { } before ? [.. before.Where(next.Contains)] : next);
        if (allowed is { } values) Allow(form, values);
        var tests = all.Select(node => node.Pattern).OfType<string>().Distinct(StringComparer.Ordinal).Select(BytePattern.Of)
            .Concat(all.Select(node => node.Format).OfType<string>().Distinct(StringComparer.Ordinal).Select(FormatTest.Of));
        var texts = allowed?.Select(value => value.StringOrNull).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var rule = new TextRule(all.Max(node => node.MinLength) ?? 0, all.Min(node => node.MaxLength) ?? int.MaxValue, texts is null ? null : new TextTable(texts), [.. tests]);
        form.Text = rule.IsNone ? TextRule.None : rule;
        foreach (var node in all.Where(node => node.Minimum is not null)) form.Minimum = Math.Max(form.Minimum, Exact(node, node.Minimum!.Value));
        foreach (var node in all.Where(node => node.Maximum is not null)) form.Maximum = Math.Min(form.Maximum, Exact(node, node.Maximum!.Value));
    }

    void Allow(Form form, ImmutableArray<JsonValue> values)
    {
        form.Types &= values.Aggregate(JsonTypes.None, (types, value) => types | JsonTypeOf.Value(value));
        var isOneBoolean = values.Contains(JsonValue.True) != values.Contains(JsonValue.False);
        if (isOneBoolean || form.Takes(JsonTypes.Array | JsonTypes.Object)) form.Types &= ~(JsonTypes.Boolean | JsonTypes.Array | JsonTypes.Object);
        form.Numbers = new TextTable(values.Where(value => value.Kind == JsonKind.Number).Select(value => value.NumberText).Distinct(StringComparer.Ordinal));
    }

    decimal Exact(SchemaNode node, double limit)
    {
        if (limit == Math.Truncate(limit) && Math.Abs(limit) < MostExact) return (decimal)limit;
        Refuse(node, $"the limit {limit.ToString(CultureInfo.InvariantCulture)}");
        return 0;
    }

    void Object(Form form, List<SchemaNode> all)
    {
        var described = all.Where(node => node.Properties.Count > 0 || node.Additional is not null || node.Closed).ToList();
        if (described.Count > 1) Refuse(described[1], "members described in two places");
        form.Additional = all.Exists(node => node.Closed) ? null : described is [{ Additional: { } additional }, ..] ? Of([additional]) : Form.Any;
        if (described.Count == 0 || described[0].Properties.Count == 0)
        {
            if (all.Exists(node => node.Required.Count > 0 || node.Dependents.Count > 0)) Refuse(all[0], "required members that are not described");
            return;
        }

        var properties = described[0].Properties.Take(Form.MaxMembers).ToList();
        if (described[0].Properties.Count > Form.MaxMembers) Refuse(described[0], $"more than {Form.MaxMembers} members");
        if (properties.Exists(property => property.Key.AsSpan().ContainsAny('"', '\\') || property.Key.Any(char.IsControl))) Refuse(described[0], "a member's name that JSON must escape");
        form.Names = new MemberNames([.. properties.Select(property => property.Key)]);
        form.Members = [.. properties.Select(property => Of([property.Value]))];
        foreach (var name in all.SelectMany(node => node.Required))
        {
            var member = form.Names.IndexOf(name);
            if (member < 0) Refuse(all[0], "required members that are not described");
            else form.Required |= 1UL << member;
        }

        var dependents = all.SelectMany(node => node.Dependents).Select(pair => (Beside: form.Names.IndexOf(pair.Beside), Needed: form.Names.IndexOf(pair.Name))).ToList();
        if (dependents.Exists(pair => pair.Beside < 0 || pair.Needed < 0)) Refuse(all[0], "dependent members that are not described");
        else form.Dependents = [.. dependents.Select(pair => (1UL << pair.Beside, 1UL << pair.Needed))];
    }

    void Array(Form form, List<SchemaNode> all)
    {
        var items = all.Select(node => node.Items).OfType<SchemaNode>().ToImmutableArray();
        form.Item = items.IsEmpty ? Form.Any : Of(items);
        form.LeastItems = all.Max(node => node.MinItems) ?? 0;
        form.MostItems = all.Min(node => node.MaxItems) ?? int.MaxValue;
        form.IsUnique = all.Exists(node => node.Unique);
    }
}
