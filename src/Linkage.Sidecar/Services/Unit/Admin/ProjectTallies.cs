using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using Contract = Linkage.V1.ProjectState;
using Project = Linkage.Sidecar.Storage.Project;

namespace Linkage.Sidecar.Services.Unit.Admin;

/// <summary>Counts projects by state.</summary>
internal static class ProjectTallies
{
    private const int Page = 500;

    /// <summary>How many projects there are in each state.</summary>
    public static ProjectTally Of(ProjectStore projects)
    {
        Dictionary<Contract, int> counts = [];
        ProjectFilter everything = new(Party: null, Creator: null, WithDeleted: true);
        ListCursor after = ListCursor.Start;
        IReadOnlyList<Project> page;
        do
        {
            page = projects.Page(everything, after, Page);
            foreach (Project project in page)
            {
                Contract state = ProjectStates.Of(project);
                counts[state] = counts.GetValueOrDefault(state) + 1;
                after = ListCursor.After(project.CreatedAt, project.Id);
            }
        }
        while (page.Count == Page);

        return new ProjectTally
        {
            Draft = counts.GetValueOrDefault(Contract.Draft),
            Proposed = counts.GetValueOrDefault(Contract.Proposed),
            Approved = counts.GetValueOrDefault(Contract.Approved),
            Linking = counts.GetValueOrDefault(Contract.Linking),
            Linked = counts.GetValueOrDefault(Contract.Linked),
            Deleted = counts.GetValueOrDefault(Contract.Deleted),
        };
    }
}
