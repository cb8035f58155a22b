using System.Collections.Immutable;
using System.Globalization;
using Interop.Core;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Platform.Definitions;

/// <summary>A tenant.</summary>
/// <param name="Id">In every key, path and query.</param>
/// <param name="Title">What people call it.</param>
/// <param name="IsAgency">An agency serves many forces: its systems may send to each of them. A force's systems send to that force alone.</param>
/// <param name="ConsultationNeedsJustification">Whether a person who looks at a record says why: a policy of the organisation.</param>
/// <param name="RunDays">How many days after its end a run keeps what it worked on; its journal stays as hashes.</param>
public sealed record OrganisationDefinition(OrganisationId Id, string Title, bool IsAgency, bool ConsultationNeedsJustification = false, int RunDays = OrganisationDefinition.DefaultRunDays)
{
    /// <summary>The tenants of Entra ID from which its people and programs sign in; empty where the claim <c>organisation</c> alone says whose they are.</summary>
    public ImmutableArray<string> Tenants { get; init; } = [];

    /// <summary>Six years: the shortest time for which police records are normally kept.</summary>
    public const int DefaultRunDays = 2_192;

    const int MostRunDays = 36_600;

    internal static Outcome<OrganisationDefinition> Load(SourceNode root)
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(root, problems);
        var id = OrganisationId.Parse(fields.RequiredText("organisation"));
        problems.AddRange(id.Problems.Select(problem => problem with { Place = fields.Place }));
        var title = fields.RequiredText("title");
        var kind = fields.OneOf("kind", "force", "agency");
        var justification = fields.OptionalOneOf("consultation-justification", "required", "not-required");
        var days = RunDaysOf(fields, problems);
        var tenants = fields.Texts("sign-in-tenants");
        foreach (var wrong in tenants.Where(tenant => !Guid.TryParseExact(tenant, "D", out _)))
            problems.Add(fields.Place, "tenant", $"\"{Problem.Preview(wrong)}\" is no tenant id. Write the id that Entra ID shows for the directory, such as 00000000-0000-0000-0000-000000000000.", value: wrong);
        fields.RefuseOthers();
        return problems.Or(() => new OrganisationDefinition(id.Value, title, kind == "agency", justification == "required", days) { Tenants = tenants });
    }

    static int RunDaysOf(SourceFields fields, ProblemList problems)
    {
        if (fields.Text("run-retention-days") is not { } text) return DefaultRunDays;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostRunDays) return days;
        problems.Add(fields.Place, "retention", $"\"{Problem.Preview(text)}\" is no number of days from 1 to {MostRunDays}. Say how many days after its end a run keeps what it worked on.", value: text);
        return DefaultRunDays;
    }
}
