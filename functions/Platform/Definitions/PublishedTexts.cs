using System.Text;
using Interop.Core;
using Interop.Platform.Storage;

namespace Interop.Platform.Definitions;

/// <summary>Canonical records, mappings and code lists as they were first published under a version: from then on the version is that text, because messages record it.</summary>
sealed class PublishedTexts(IStore store)
{
    /// <summary>Stores each text that is new under its version; one that differs from what was published is a problem, and so is a new one that must not be published.</summary>
    public async Task Publish(IEnumerable<VersionedText> texts, Func<VersionedText, IEnumerable<Problem>> refuse, ProblemList problems, CancellationToken cancellation)
    {
        foreach (var text in texts)
        {
            var (partition, row, body) = (PartitionKey.Of("platform", text.Kind.Replace(' ', '-'), text.Name), RowKey.Of(text.Version), Body(text));
            var published = await store.Read(partition, row, cancellation);
            if (published is null)
            {
                var before = problems.Count;
                problems.AddRange(refuse(text));
                if (problems.Count == before) await store.Commit(partition, [new Change.Insert(row, body)], cancellation);
            }
            else if (!published.Body.Span.SequenceEqual(body))
                problems.Add(null, "published", Changed(text), value: text.Reference);
        }
    }

    // A text that does not fit a row is known by its hash.
    static byte[] Body(VersionedText text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Text);
        return bytes.Length <= StoreLimits.BodyBytes ? bytes : Encoding.ASCII.GetBytes($"sha256:{text.Fingerprint}");
    }

    static string Changed(VersionedText text) => $"The {text.Kind} {text.Reference} was published before with another text, and {(text.Kind == VersionedText.CanonicalRecord
        ? $"mappings are written against it. Raise its version (what it refers to, such as common.schema.yaml, is part of it), and keep the files as they were in a folder of their own: canonical/<any name>/."
        : "messages record that it translated them. Raise its version; with a \"from\" the old one may stay beside it for messages of its time.")}";
}
