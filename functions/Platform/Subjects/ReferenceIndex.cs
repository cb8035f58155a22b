using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Subjects;

/// <summary>Knows which references name one incident: the cross-reference between systems. Messages whose references nobody knows yet wait here. The first reference of a subject is written with the subject itself.</summary>
sealed class ReferenceIndex(IStore store)
{
    const int MostParked = 1_000;

    sealed record Target(string Subject);

    /// <summary>The id of a subject that begins with the references; null without any.</summary>
    public static SubjectId? Begun(OrganisationId organisation, ImmutableArray<Reference> references) => references.IsEmpty ? null : SubjectId.For(organisation, InOrder(references).First());

    /// <summary>The row that lets the reference after which a subject is named lead to it.</summary>
    public static Change.Insert Begin(SubjectId subject) => new(SubjectKeys.Subject, RowBody.Of(new Target(subject.Value)));

    /// <summary>The subjects that the references lead to, none twice.</summary>
    public async Task<ImmutableArray<SubjectId>> Find(OrganisationId organisation, ImmutableArray<Reference> references, CancellationToken cancellation)
    {
        var found = new List<SubjectId>();
        foreach (var reference in references)
            if (await Find(organisation, reference, cancellation) is { } subject) found.Add(subject);
        return [.. found.Distinct()];
    }

    /// <summary>Lets each reference that leads nowhere lead to the subject, and names the messages that waited for it.</summary>
    /// <returns>Null when another subject was quicker with one of the references: find again.</returns>
    public async Task<ImmutableArray<string>?> Point(OrganisationId organisation, ImmutableArray<Reference> references, SubjectId subject, CancellationToken cancellation)
    {
        var waited = ImmutableArray.CreateBuilder<string>();
        var body = RowBody.Of(new Target(subject.Value));

        foreach (var reference in InOrder(references))
        {
            var partition = SubjectKeys.Reference(organisation, reference);
            var known = await Find(organisation, reference, cancellation);
            if (known is null && await store.Commit(partition, [new Change.Insert(SubjectKeys.Subject, body)], cancellation) is CommitOutcome.Conflict) known = await Find(organisation, reference, cancellation);
            if (known is { } other && other != subject) return null;
            await foreach (var row in store.Prefix(partition, RowKey.Of(SubjectKeys.ParkedPart, ""), MostParked, cancellation)) waited.Add(RowKey.Split(row.Key)[1]);
        }

        return waited.ToImmutable();
    }

    /// <summary>Lets references that led to one subject lead to another, since both are one incident.</summary>
    public async Task Redirect(OrganisationId organisation, ImmutableArray<Reference> references, SubjectId subject, CancellationToken cancellation)
    {
        foreach (var reference in references)
            await store.Commit(SubjectKeys.Reference(organisation, reference), [new Change.Upsert(SubjectKeys.Subject, RowBody.Of(new Target(subject.Value)))], cancellation);
    }

    /// <summary>Lets a message wait until one of its references leads somewhere.</summary>
    public async Task Park(OrganisationId organisation, ImmutableArray<Reference> references, string message, CancellationToken cancellation)
    {
        foreach (var reference in references)
            await store.Commit(SubjectKeys.Reference(organisation, reference), [new Change.Upsert(SubjectKeys.Parked(message), default)], cancellation);
    }

    async Task<SubjectId?> Find(OrganisationId organisation, Reference reference, CancellationToken cancellation) =>
        RowBody.ReadOrNone<Target>(await store.Read(SubjectKeys.Reference(organisation, reference), SubjectKeys.Subject, cancellation)) is { } target ? new SubjectId(target.Subject) : null;

    // In one order for all, so that of two messages that share references one is first with all of them.
    static IOrderedEnumerable<Reference> InOrder(ImmutableArray<Reference> references) =>
        references.OrderBy(reference => reference.Kind, StringComparer.Ordinal).ThenBy(reference => reference.Value, StringComparer.Ordinal);
}
