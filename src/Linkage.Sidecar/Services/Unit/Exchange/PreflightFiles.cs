using Linkage.Bloom.Storage;
using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;
using Linkage.V1;
using PartyState = Linkage.Sidecar.Storage.PartyState;
using Project = Linkage.Sidecar.Storage.Project;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>The newest complete upload of every party, opened.</summary>
internal sealed class PreflightFiles : IDisposable
{
    private readonly List<PreflightFile> _files = [];

    private PreflightFiles()
    {
    }

    /// <summary>The files, in the order of the parties.</summary>
    public IReadOnlyList<PreflightFile> All => _files;

    /// <summary>Opens the files of a project.</summary>
    /// <param name="store">The store.</param>
    /// <param name="project">The project.</param>
    /// <param name="uploadId">An upload that stands for its party, even if a newer one is there; null for none.</param>
    /// <exception cref="Grpc.Core.RpcException">That upload is not complete.</exception>
    public static PreflightFiles Open(UnitStore store, Project project, string? uploadId)
    {
        IReadOnlyList<Segment> segments = store.Segments.ListEncodings(project.Id, party: null);
        Segment? asked = segments.FirstOrDefault(segment => segment.Id == uploadId);
        if (uploadId is not null && asked is null)
        {
            throw Refusals.Unmet(ErrorReason.UploadIncomplete, "upload", "The upload is not complete.");
        }

        PreflightFiles? opened = new();
        try
        {
            foreach (Party party in project.Parties.Where(party => party.State != PartyState.Withdrawn))
            {
                Segment? chosen = asked?.Party == party.Name
                    ? asked
                    : segments.LastOrDefault(segment => segment.Party == party.Name);
                if (chosen is not null)
                {
                    opened.Add(store, chosen, party.Name);
                }
            }

            PreflightFiles all = opened;
            opened = null;
            return all;
        }
        finally
        {
            opened?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.File.Dispose());

    private void Add(UnitStore store, Segment segment, string party)
    {
#pragma warning disable CA2000 // disposed with the list
        EncodedFile file = store.Segments.OpenEncoded(segment);
#pragma warning restore CA2000
        _files.Add(new PreflightFile(segment.Id, party, file));
    }
}
