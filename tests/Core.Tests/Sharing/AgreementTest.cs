using Interop.Core.Sharing;
using Interop.Core.Sources;
using Interop.Core.Tests.Clocks;

namespace Interop.Core.Tests.Sharing;

public sealed class AgreementTest
{
    static readonly string Text = File.ReadAllText(Path.Combine(ClockData.Folder("mappings"), "agreements", "northshire-cps-prosecution.yaml"));

    [Fact]
    public void Every_agreement_delivered_is_read()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ClockData.Folder("mappings"), "agreements"), "*.yaml"))
            Assert.Equal(Path.GetFileNameWithoutExtension(file), Agreement.Load(SourceReader.Read(File.ReadAllText(file), file).Value).Value.Id);
    }

    [Theory]
    [InlineData("agreement: northshire-cps-prosecution", "agreement: Northshire to CPS", "id")]
    [InlineData("from: northshire", "from: cps", "parties")]
    [InlineData("from: northshire", "from: North Shire", "id")]
    [InlineData("version: 1", "edition: 1", "required")]
    [InlineData("version: 1", "version: 0", "range")]
    [InlineData("purposes: [prosecution]", "purposes: []", "required")]
    [InlineData("dpa-2018-part-3", "gdpr", "unknown-value")]
    [InlineData("handles: OFFICIAL", "handles: CONFIDENTIAL", "marking")]
    [InlineData("begins: 2026-01-01", "begins: 2029-01-01", "range")]
    [InlineData("ends: 2028-12-31", "ends: 2028-13-31", "date")]
    [InlineData("record: crime", "record: crimes", "unknown-value")]
    [InlineData("    allow:\n      - /references", "    withhold:\n      - references", "path")]
    [InlineData("- /offence", "- /persons//name", "path")]
    [InlineData("    allow:\n      - /references", "    alow:\n      - /references", "required")]
    [InlineData("retention:", "retain:", "unknown-field")]
    public void A_wrong_agreement_is_refused_with_a_place(string right, string wrong, string rule)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        var problems = Agreement.Load(SourceReader.Read(Text.Replace(right, wrong, StringComparison.Ordinal), "agreement.yaml").Value).Problems;
        Assert.Contains(problems, problem => problem.Rule == rule && problem.Place is not null);
    }

    [Fact]
    public void Every_problem_is_reported() =>
        Assert.True(Agreement.Load(SourceReader.Read("agreement: x\nclauses: [{}]", "agreement.yaml").Value).Problems.Length >= 9);
}
