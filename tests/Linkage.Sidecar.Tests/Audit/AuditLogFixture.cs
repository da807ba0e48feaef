using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Tests.Support;
using Linkage.V1;
using AuditHead = Linkage.Sidecar.Audit.AuditHead;

namespace Linkage.Sidecar.Tests.Audit;

/// <summary>A log in a folder of its own.</summary>
internal sealed class AuditLogFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Data => Path.Join(_folder.Path, "data");

    public AuditFolder Folder => AuditFolder.InData(Data);

    public ManualTime Time { get; } = new();

    public static AuditEvent Disclosure(string actor = "health", string subject = "benefits", long records = 1) => new()
    {
        Kind = AuditKind.Disclosure,
        Action = "LookupService/Lookup",
        Actor = actor,
        ProjectId = "project",
        SubjectParty = subject,
        CaseReference = "case-7",
        Purpose = "intake",
        Clause = "3.1",
        Counts = new Dictionary<string, long> { ["records"] = records },
    };

    public AuditLog Open(long segmentBytes = 1 << 20)
    {
        Directory.CreateDirectory(Data);
        return AuditLog.Open(Data, marks: null, Time, segmentBytes: segmentBytes);
    }

    /// <summary>Makes a log of a start, so many disclosures, and a stop.</summary>
    public async Task FillAsync(int disclosures, long segmentBytes = 1 << 20)
    {
        using AuditLog log = Open(segmentBytes);
        for (int i = 0; i < disclosures; i++)
        {
            await log.AppendAsync([Disclosure(records: i)]);
        }
    }

    public AuditVerdict Verify(AuditHead? kept = null)
    {
        using AuditKey key = AuditKey.LoadPublic(Folder.PublicKey);
        return AuditVerifier.Verify(Folder, key, kept);
    }

    public void Dispose() => _folder.Dispose();
}
