using Google.Protobuf.WellKnownTypes;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Contract = Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Projects;

/// <summary>Stored projects as messages.</summary>
internal static class ProjectViews
{
    /// <summary>A project as its members see it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="withTexts">Whether schema and model texts are in it.</param>
    public static Contract.Project Of(Project project, bool withTexts)
    {
        Contract.Project view = NameAndState(project);
        if (project.DeletedAt is { } deleted)
        {
            view.DeleteTime = Timestamp.FromDateTimeOffset(deleted);
            return view;
        }

        view.Parties.AddRange(project.Parties.Select(party => Of(party, project.Terms is not null)));
        if (project.Terms is { } terms)
        {
            view.Terms = Of(project, terms, withTexts);
        }

        return view;
    }

    /// <summary>What a party that has withdrawn still sees.</summary>
    public static Contract.Project NameAndState(Project project) => new()
    {
        Id = project.Id,
        Name = project.Name,
        State = ProjectStates.Of(project),
        CreateTime = Timestamp.FromDateTimeOffset(project.CreatedAt),
        UpdateTime = Timestamp.FromDateTimeOffset(project.UpdatedAt),
    };

    private static Contract.ProjectParty Of(Party party, bool isAnythingProposed) => new()
    {
        Party = party.Name,
        State = party switch
        {
            { State: PartyState.Withdrawn } => Contract.PartyState.Withdrawn,
            { Approval: not null } when isAnythingProposed => Contract.PartyState.Approved,
            _ => Contract.PartyState.Invited,
        },
    };

    private static Contract.Terms Of(Project project, ProjectTerms terms, bool withTexts)
    {
        Contract.Terms view = new()
        {
            Revision = project.TermsVersion,
            Digest = TermsDigest.Of(project, terms),
            EncodingFingerprint = terms.EncodingFingerprint,
            LinkageFingerprint = terms.LinkageFingerprint,
            SchemaText = withTexts ? terms.SchemaText : string.Empty,
            KeyProject = terms.KeyProject,
            KeyId = terms.KeyId,
            Epoch = terms.Epoch,
            CheckValue = terms.CheckValue,
            Model = new Contract.ModelPolicy(),
            OutputType = OutputTypes.ToContract(terms.Output),
            SmallestCount = terms.SmallestCount,
            ProposedBy = project.ProposedBy,
            ProposeTime = project.ProposedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        };
        if (terms.ModelText is { } model)
        {
            view.Model.Given = new Contract.GivenModel { ModelText = withTexts ? model : string.Empty };
        }
        else
        {
            view.Model.Estimate = new Contract.EstimateModel();
        }

        return view;
    }
}
