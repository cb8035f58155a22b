using Interop.Core.Formats;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

static class Counterexamples
{
    /// <summary>Executes what a finding shows once more: its documents are valid, and what it says of them is so.</summary>
    public static void Hold(MappingDefinition definition, Finding finding)
    {
        var shown = finding.Counterexample!;
        var (from, reverse) = finding.Way == MappingDirection.In ? (definition.SourceSchema, MappingDirection.Out) : (definition.CanonicalSchema, MappingDirection.In);
        var label = string.Join("\n", ReportText.Lines(finding, whole: true));
        Assert.All(shown.Documents, document => Assert.True(from.Validate(document).IsEmpty, label));
        var results = shown.Documents.Select(document => definition.Translate(document, finding.Way)).ToList();
        if (shown.Documents.Length > 1)
        {
            Assert.True(shown.Documents.Distinct().Count() == shown.Documents.Length, label);
            var trial = new Trial(definition);
            Assert.All(results, result => Assert.Equal(trial.Told(finding.Way, shown.Result), trial.Told(finding.Way, result.Value)));
        }
        else if (shown.Back is { } read && finding.Way == MappingDirection.Out && definition.Format != "json" && Format.All[definition.Format].Write(results[0].Value, definition.SourceSchema.Shape) is { Succeeded: true, Value: var bytes } && Format.All[definition.Format].Read(bytes, definition.SourceSchema.Shape).Value == read)
        {
            Assert.NotEqual(results[0].Value, read);
        }
        else if (shown.Back is not null)
        {
            Assert.True(results[0].Succeeded, label);
            var back = definition.Translate(results[0].Value, reverse);
            Assert.True(!back.Succeeded || back.Value != shown.Documents[0], label);
        }
        else if (finding.Rule == "marking-lowered")
        {
            Assert.True(results[0].Succeeded && results[0].Value == shown.Result, label);
        }
        else
        {
            Assert.False(results[0].Succeeded && (finding.Way == MappingDirection.In || definition.Send(shown.Documents[0]).Succeeded), label);
        }
    }
}
