using Linkage.Sidecar.Storage;
using Linkage.V1;
using Project = Linkage.Sidecar.Storage.Project;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>
/// Holds complete uploads against the terms and against each other, and says what linking would cost.
/// </summary>
/// <remarks>
/// Findings hold figures of the file they are about and of no other. A party is told of its own file alone: whether it
/// shares a block with another would say of a file of one person whether another party knows such a person.
/// </remarks>
internal sealed class Preflight
{
    private readonly UnitStore _store;

    /// <summary>Checks files of a store; safe to use from several threads.</summary>
    public Preflight(UnitStore store)
    {
        _store = store;
    }

    /// <summary>Checks one upload against the others, or all.</summary>
    /// <param name="project">The project, with terms.</param>
    /// <param name="uploadId">The upload; null for all.</param>
    /// <param name="forParty">Whether a party asks: other files and the cost are no concern of its.</param>
    /// <param name="cancellation">Stops the checks.</param>
    /// <exception cref="Grpc.Core.RpcException">The upload named is not complete.</exception>
    public PreflightResponse Check(Project project, string? uploadId, bool forParty, CancellationToken cancellation)
    {
        using PreflightFiles files = PreflightFiles.Open(_store, project, uploadId);
        PreflightResponse response = new();
        List<PreflightCheck> checks = [];
        foreach (PreflightFile file in files.All.Where(file => uploadId is null || file.UploadId == uploadId))
        {
            cancellation.ThrowIfCancellationRequested();
            checks.AddRange(FileChecks.Of(file, project.Terms!));
            checks.AddRange(forParty ? [] : NeighbourChecks.Of(file, files.All));
        }

        if (uploadId is null)
        {
            checks.Add(AllParties(project, files.All));
        }

        response.Checks.AddRange(checks);
        response.Ready = checks.TrueForAll(check => check.Verdict != PreflightVerdict.Failed);
        response.Estimates = forParty ? null : PreflightCost.Of(files.All);
        return response;
    }

    private static PreflightCheck AllParties(Project project, IReadOnlyList<PreflightFile> files)
    {
        bool isThere = project.Parties
            .Where(party => party.State != Storage.PartyState.Withdrawn)
            .All(party => files.Any(file => file.Party == party.Name));
        return new PreflightCheck
        {
            Kind = PreflightKind.AllParties,
            Verdict = isThere ? PreflightVerdict.Passed : PreflightVerdict.Failed,
            Finding = isThere ? "Every party has a complete upload." : "Not every party has a complete upload.",
        };
    }
}
