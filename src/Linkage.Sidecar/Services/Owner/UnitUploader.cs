using Grpc.Core;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Sends encoded files to the units of the configuration. Thread-safe.</summary>
/// <param name="find">The way to a unit of the configuration by its name; null if it has none such.</param>
/// <param name="time">Measures pauses between attempts.</param>
internal sealed class UnitUploader(Func<string, UnitRoute?> find, TimeProvider time)
{
    /// <summary>Checks that the configuration knows the unit.</summary>
    public void CheckTarget(UnitTarget? target, string field)
    {
        if (target is null)
        {
            throw OwnerError.BadField(field, "is missing");
        }

        if (target.ProjectId.Length == 0)
        {
            throw OwnerError.BadField($"{field}.project_id", "is missing");
        }

        if (find(target.Unit) is null)
        {
            throw OwnerError.BadField($"{field}.unit", "is no unit of the server's configuration");
        }
    }

    /// <summary>Checks that the project's terms are approved, and are those that a file will be made by.</summary>
    /// <exception cref="RpcException">They are not, or the unit cannot be asked.</exception>
    public async Task CheckTermsAsync(UnitTarget target, EncodingFacts facts, CancellationToken cancellation)
    {
        UnitRoute route = RouteTo(target);
        GetProjectResponse answer;
        try
        {
            answer = await new ProjectService.ProjectServiceClient(route.Calls).GetProjectAsync(
                new GetProjectRequest { ProjectId = target.ProjectId }, route.Within(cancellation));
        }
        catch (RpcException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw UnitAnswers.ErrorOf(failure);
        }

        TermsCheck.Require(answer.Project, facts);
    }

    /// <summary>Sends a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The project it goes to.</param>
    /// <param name="key">The caller's name for the upload.</param>
    /// <param name="progress">Is told after every window; null if nobody asks.</param>
    /// <param name="cancellation">Stops; what the unit has acknowledged stays there.</param>
    /// <returns>The upload's id at the unit.</returns>
    /// <exception cref="RpcException">
    /// The terms are not approved, or not the file's; or the unit cannot be reached, or refuses.
    /// </exception>
    public async Task<string> SendAsync(
        string path,
        UnitTarget target,
        string key,
        Func<UploadEncodedResponse, Task>? progress,
        CancellationToken cancellation)
    {
        UnitRoute route = RouteTo(target);
        await route.EnterAsync(cancellation);
        try
        {
            await using OutgoingFile file = await OutgoingFile.OpenAsync(path, cancellation);
            UnitUpload upload = new(route, file, target, key, new UnitRetry(route.RetryTime, time))
            {
                Progress = progress,
            };
            return await upload.RunAsync(time, cancellation);
        }
        finally
        {
            route.Leave();
        }
    }

    private UnitRoute RouteTo(UnitTarget target) => find(target.Unit) ?? throw OwnerError.UnitUnreachable();
}
