using Interop.Core;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Platform.Definitions;

/// <summary>A tenant.</summary>
/// <param name="Id">In every key, path and query.</param>
/// <param name="Title">What people call it.</param>
/// <param name="IsAgency">An agency serves many forces: its systems may send to each of them. A force's systems send to that force alone.</param>
/// <param name="ConsultationNeedsJustification">Whether a person who looks at a record says why: a policy of the organisation.</param>
public sealed record OrganisationDefinition(OrganisationId Id, string Title, bool IsAgency, bool ConsultationNeedsJustification = false)
{
    internal static Outcome<OrganisationDefinition> Load(SourceNode root)
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(root, problems);
        var id = OrganisationId.Parse(fields.RequiredText("organisation"));
        problems.AddRange(id.Problems.Select(problem => problem with { Place = fields.Place }));
        var title = fields.RequiredText("title");
        var kind = fields.OneOf("kind", "force", "agency");
        var justification = fields.OptionalOneOf("consultation-justification", "required", "not-required");
        fields.RefuseOthers();
        return problems.Or(() => new OrganisationDefinition(id.Value, title, kind == "agency", justification == "required"));
    }
}
