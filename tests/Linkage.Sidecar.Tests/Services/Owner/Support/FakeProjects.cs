using Grpc.Core;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Services.Owner.Support;

/// <summary>A unit's one project, which a test sets up.</summary>
internal sealed class FakeProjects : ProjectService.ProjectServiceBase
{
    public Project Project { get; set; } = new();

    /// <summary>How often the project was looked at.</summary>
    public int Looks { get; private set; }

    public override Task<GetProjectResponse> GetProject(GetProjectRequest request, ServerCallContext context)
    {
        Looks++;
        return Task.FromResult(new GetProjectResponse { Project = Project });
    }
}
