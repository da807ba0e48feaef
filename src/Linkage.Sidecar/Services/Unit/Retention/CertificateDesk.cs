using System.Security.Cryptography;
using Linkage.Bloom.Storage;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Retention;

/// <summary>Leaves a signed certificate and an entry of the audit log for every deletion that is carried out.</summary>
/// <remarks>
/// Certificate, entry, then the note is dropped: after a crash in between the certificate that is there stands, and
/// its entry may be in the log twice, never not at all.
/// </remarks>
internal sealed class CertificateDesk
{
    private readonly UnitStore _store;
    private readonly IUnitSigner _signer;
    private readonly IAuditTrail _trail;
    private readonly TimeProvider _time;
    private readonly string _folder;

    /// <summary>Prepares to write certificates to a directory, made if it is not there.</summary>
    public CertificateDesk(UnitStore store, IUnitSigner signer, IAuditTrail trail, TimeProvider time, string folder)
    {
        _store = store;
        _signer = signer;
        _trail = trail;
        _time = time;
        _folder = folder;
        StoreFolders.CreatePrivate(folder);
    }

    /// <summary>Certifies what is carried out and not yet certified.</summary>
    /// <returns>How many certificates were left.</returns>
    public async Task<int> IssueAsync(CancellationToken cancellation)
    {
        int issued = 0;
        foreach (Deletion deletion in _store.Retention.ListUncertified())
        {
            byte[] certificate = Write(deletion);
            await _trail.AppendAsync([EventOf(deletion, certificate)]);
            await _store.Retention.ForgetAsync(deletion.Id, cancellation);
            issued++;
        }

        return issued;
    }

    private static AuditEvent EventOf(Deletion deletion, byte[] certificate) => new()
    {
        Kind = AuditKind.Deletion,
        Action = "Retention/Delete",
        ProjectId = deletion.ProjectId,
        Clause = deletion.Clause,
        CaseReference = $"certificate sha256:{Convert.ToHexStringLower(SHA256.HashData(certificate))}",
        Counts = new Dictionary<string, long>
        {
            ["files"] = deletion.Files.Count,
            ["bytes"] = deletion.Files.Sum(file => file.Length),
        },
    };

    private byte[] Write(Deletion deletion)
    {
        string path = Path.Join(_folder, $"{deletion.Id}.json");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        DeletionCertificate certificate = new(
            DeletionCertificate.CurrentFormat,
            ProductVersion.Current,
            _time.GetUtcNow(),
            deletion.Files.Count,
            deletion.Files.Sum(file => file.Length),
            deletion.Files.Count(file => file.KeyWiped),
            deletion);
        byte[] content = Certificates.Sign(certificate, _signer);
        using (AtomicFile file = AtomicFile.Create(path, ownerOnly: true, replace: false))
        {
            file.Stream.Write(content);
            file.Commit();
        }

        DirectorySync.Flush(_folder);
        return content;
    }
}
