using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What the check says of published material.</summary>
public sealed class AcceptanceTests
{
    /// <summary>The person mapping that the Police iHub publishes beside its Standard Data Model (https://schema.ihub.police.uk/products/sdm), as a definition.</summary>
    const string Person = """
        mapping: ihub-person
        version: 1.0.0
        title: A form's person to the Standard Data Model
        direction: both
        source: { format: json, schema: form.schema.yaml }
        canonical: person
        fields:
          - { join: " ", source: [title, titleListOther], canonical: titleOther }
          - { source: firstName, canonical: "givenName[0]" }
          - { join: " ", source: [middleName1, middleName2], canonical: middleName }
          - { source: surname, canonical: surname }
          - { source: dateOfBirth, canonical: dateOfBirth }
          - { source: approximateAgeString, canonical: approximateAgeFrom, number: {} }
          - { source: approximateAgeString, canonical: approximateAgeTo, number: {}, only: in, reason: The form has one age. }
          - { source: incidentEndTime, canonical: incidentEndDateTime }
          - { source: disability, canonical: disability }
          - { source: dateofBirthKnown, canonical: dateofBirthKnown }
        """;

    const string Form = """
        type: object
        properties:
          title: { type: string, pattern: '^[A-Z][a-z]{1,9}$' }
          titleListOther: { type: string, pattern: '^[A-Z][a-z]{1,9}$' }
          firstName: { type: string, minLength: 1, maxLength: 35 }
          middleName1: { type: string, pattern: '^[A-Z][a-z]{1,30}$' }
          middleName2: { type: string, pattern: '^[A-Z][a-z]{1,30}$' }
          surname: { type: string, minLength: 1, maxLength: 35 }
          dateOfBirth: { type: string, format: date }
          approximateAgeString: { type: string, pattern: '^[1-9][0-9]$' }
          incidentEndTime: { type: string, pattern: '^[0-2][0-9]:00:00$' }
          disability: { type: string, enum: ["true", "false"] }
          dateofBirthKnown: { type: string, enum: ["true", "false"] }
        """;

    const string Model = """
        type: object
        additionalProperties: false
        properties:
          titleOther: { type: string, minLength: 1, maxLength: 35 }
          givenName: { type: array, maxItems: 1, items: { type: string, minLength: 1, maxLength: 35 } }
          middleName: { type: string }
          surname: { type: string, minLength: 1, maxLength: 35 }
          dateOfBirth: { type: string, format: date }
          approximateAgeFrom: { type: integer, minimum: 10, maximum: 99 }
          approximateAgeTo: { type: integer, minimum: 10, maximum: 99 }
          incidentEndDateTime: { type: string, format: date-time }
          disability: { type: boolean }
          dateofBirthKnown: { type: boolean }
        """;

    [Fact]
    public void The_published_person_mapping_has_its_five_defects()
    {
        var root = SourceReader.Read(Person, "person.yaml").Value;
        var report = MappingCheck.Run(root, new MappingContext(CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["person"] = SchemaOf(Model) }), SchemaOf(Form), new Dictionary<string, CodeList>(StringComparer.Ordinal)));
        var byField = report.Blocking.GroupBy(finding => finding.Place.Line).OrderBy(field => field.Key).Select(field => $"line {field.Key}: {string.Join(", ", field.Select(finding => finding.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}");
        Assert.Equal(
            [
                "line 8: join-not-invertible, separator",
                "line 10: join-not-invertible, separator",
                "line 14: ambiguous-inverse",
                "line 15: type-clash",
                "line 16: type-clash",
                "line 17: type-clash",
            ],
            byField);
        Assert.All(report.Blocking, finding => Assert.NotNull(finding.Counterexample));
        Assert.Contains("date-time: { pattern: ... }", report.Blocking.Single(finding => finding.Path == "incidentEndTime").Message, StringComparison.Ordinal);
        Assert.Contains("boolean: { true:", report.Blocking.Single(finding => finding.Path == "disability").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_outcomes_of_the_Home_Office_become_one_and_do_not_come_back()
    {
        var outcomes = CodeList.Load(
            """
            code-list: outcomes
            version: 1.0.0
            codes:
              - { source: charged, canonical: "1" }
              - { source: unable-to-prosecute, canonical: "14", one-way: out }
              - { source: unable-to-prosecute, canonical: "15", one-way: out }
              - { source: unable-to-prosecute, canonical: "16", one-way: out }
            """, "codes/outcomes.yaml").Value;
        var definition = MappingDefinition.Load(
            SourceReader.Read(
                """
                mapping: outcomes
                version: 1.0.0
                title: Outcome types to data.police.uk
                direction: both
                source: { format: json, schema: source.schema.yaml }
                canonical: outcome
                fields: [ { source: category, canonical: type, code: outcomes } ]
                """, "outcomes.yaml").Value,
            new MappingContext(
                CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["outcome"] = SchemaOf("{ type: object, required: [type], properties: { type: { type: string, enum: ['1', '14', '15', '16'] } } }") }),
                SchemaOf("{ type: object, required: [category], properties: { category: { type: string, enum: [charged, unable-to-prosecute] } } }"),
                new Dictionary<string, CodeList>(StringComparer.Ordinal) { ["outcomes"] = outcomes })).Value;
        var findings = MappingCheck.Run(definition).Findings;

        var shared = Assert.Single(findings, finding => finding.Rule == "codes-share-meaning");
        Assert.Equal(FindingSeverity.Loss, shared.Severity);
        Assert.Equal(["14", "15", "16"], shared.Counterexample!.Documents.Select(document => document["type"].AsString()));
        Assert.Equal("unable-to-prosecute", shared.Counterexample.Result["category"].AsString());

        var reverse = Assert.Single(findings, finding => finding is { Rule: "codes-missing", Way: MappingDirection.In });
        Assert.Equal("unable-to-prosecute", Assert.Single(reverse.Counterexample!.Documents)["category"].AsString());
        Assert.Contains(definition.Translate(JsonValue.Of(("category", "unable-to-prosecute")), MappingDirection.In).Problems, problem => problem.Rule == "unknown-code");
    }

    /// <summary>The shipped mapping says the same of the published lists, and of every other group of the list too.</summary>
    [Fact]
    public void What_is_published_as_one_outcome_is_a_loss_for_each_group_and_comes_back_as_no_outcome_type()
    {
        var mapping = Repository.Load("police-uk-outcomes").Value;
        var shared = MappingCheck.Run(mapping).Findings.Where(finding => finding is { Rule: "codes-share-meaning", Way: MappingDirection.Out, Path: "outcome.type" }).ToList();
        var groups = Repository.CodeLists["police-uk-outcomes"].ToSource.GroupBy(pair => pair.Value, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).ToDictionary(group => group.Key, group => group.Select(pair => pair.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(groups.Count, shared.Count);
        foreach (var found in shared)
        {
            var shown = found.Counterexample!;
            Assert.Equal(groups[shown.Result["outcomeType"].AsString()], shown.Documents.Select(document => document["outcome"]["type"].AsString()).Order(StringComparer.Ordinal));
            Assert.True(shown.Back!.Value["outcome"]["type"].IsNull);
        }

        var three = shared.Single(found => found.Counterexample!.Result["outcomeType"].AsString() == "Unable to prosecute suspect").Counterexample!.Documents.Select(document => document["outcome"]["type"].AsString()).ToList();
        foreach (var outcome in new[] { "no-suspect-victim-does-not-support", "suspect-evidential-difficulties", "suspect-victim-does-not-support" }) Assert.Contains(outcome, three);

        // Who claimed that a category is read as an outcome type would be refused.
        Assert.False(Repository.CodeLists["police-uk-outcomes"].ToCanonical.ContainsKey("Unable to prosecute suspect"));
    }

    /// <summary>What was accepted of the codes that become one is not accepted of another that joins them in a later version of the list.</summary>
    [Fact]
    public void Another_outcome_type_that_becomes_the_same_category_blocks()
    {
        const string Joining = "  - { source: Investigation complete; no suspect identified, canonical: no-suspect,";
        var text = File.ReadAllText(Path.Combine(Repository.Mappings, "codes", "police-uk-outcomes.yaml"));
        Assert.Contains(Joining, text, StringComparison.Ordinal);
        var newer = CodeList.Load(text.Replace(Joining, "  - { source: Unable to prosecute suspect, canonical: no-suspect,", StringComparison.Ordinal), "codes/police-uk-outcomes.yaml").Value;
        var root = Repository.Root("police-uk-outcomes");
        var lists = new Dictionary<string, CodeList>(Repository.CodeLists, StringComparer.Ordinal) { [newer.Name] = newer };
        var blocks = Assert.Single(MappingCheck.Run(MappingDefinition.Load(root, Repository.Context("police-uk-outcomes", root) with { CodeLists = lists }).Value).Blocking);
        Assert.Equal(("codes-share-meaning", "outcome.type"), (blocks.Rule, blocks.Path));
        Assert.Contains("No acknowledgement of this rule and path names \"no-suspect\" with the others", blocks.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_letter_that_an_arrest_summons_number_must_have_is_named()
    {
        var definition = Given.Definition(Given.Head("in") + "  - { source: asn, canonical: asn, identifier: asn }\n", SourceReader.Read("{ asn: text }", "x").Value, SourceReader.Read("{ asn: text }", "x").Value).Value;
        var finding = MappingCheck.Run(definition).Findings.Single(one => one.Rule == "open-values");
        Assert.Equal("1101ZD0100000448754A", finding.Counterexample!.Documents[0]["asn"].AsString());
        Assert.Contains("K", Assert.Single(finding.Counterexample.Problems).Message, StringComparison.Ordinal);
    }

    static Schema SchemaOf(string text) => Schema.Load(SourceReader.Read(text, "schema.yaml").Value).Value;

    /// <summary>A record of persons takes suspects alone: what it learns of them counts, whatever codes stand before the roles.</summary>
    [Fact]
    public void What_arrives_for_a_suspect_is_learnt()
    {
        var lost = Composition.Of(Repository.Load("rms-incident").Value, Repository.Load("pnc-person").Value).Lost.Select(lost => lost.Path).ToList();
        Assert.Contains("occurrence.nominals.nominalNo", lost);
        foreach (var learnt in new[] { "pncId", "surname", "forenames", "dob", "sex", "roles" }) Assert.DoesNotContain($"occurrence.nominals.{learnt}", lost);
    }

    [Fact]
    public void A_pair_between_which_nothing_arrives_says_so() =>
        Assert.Equal("nothing", MappingMatrix.Of([Repository.Load("police-uk-street").Value, Repository.Load("command-and-control-incident").Value])
            .First(pair => pair is { From: "police-uk-street", To: "command-and-control-incident" }).Verdict);
}
