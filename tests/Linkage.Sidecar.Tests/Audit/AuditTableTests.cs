using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting.Commands;
using Linkage.Sidecar.Services;
using Linkage.Sidecar.Services.Audit;
using Linkage.Sidecar.Storage;
using Linkage.Sidecar.Tests.Contract;
using Linkage.V1;

namespace Linkage.Sidecar.Tests.Audit;

public sealed class AuditTableTests
{
    [Fact]
    public void Rows_EveryRpcOfTheContract_HasExactlyOneWithAReason()
    {
        Assert.Equal(ContractFiles.Rpcs.Order(), AuditTable.Rows.Select(row => row.Rpc).Order());
        Assert.All(AuditTable.Rows, row => Assert.NotEmpty(row.Reason));
    }

    [Fact]
    public void Rows_KindAndWriter_AgreeOnWhetherThereIsAnEntry()
    {
        Assert.All(AuditTable.Rows, row => Assert.Equal(
            row.Kind == AuditKind.Unspecified, row.Writer == AuditWriter.Nobody));
    }

    [Fact]
    public void Rows_CallThatReadsRecords_IsADisclosure()
    {
        AccessRule[] telling = [AccessRule.OwnRecords, AccessRule.AgreedOutput, AccessRule.AgreedPurpose];
        string[] rpcs =
        [
            .. AccessTable.Rows.Where(row => telling.Contains(row.Rule)).Select(row => row.Rpc).Distinct()
                .Where(rpc => !rpc.EndsWith("/DecidePair", StringComparison.Ordinal)),
        ];

        Assert.True(rpcs.Length >= 10);
        Assert.All(rpcs, rpc => Assert.Equal(AuditKind.Disclosure, AuditTable.Find(rpc).Kind));
    }

    [Fact]
    public void Find_UnlistedCall_IsWritten()
    {
        AuditRow row = AuditTable.Find("/linkage.v1.NewService/NewCall");

        Assert.Equal(AuditWriter.Gate, row.Writer);
        Assert.Equal("NewService/NewCall", row.Action);
    }

    [Fact]
    public void Page_OfDocumentation_SaysTheSame()
    {
        IEnumerable<string> expected = AuditTable.Rows.Select(row =>
            $"| `{row.Rpc}` | {KindOf(row)} | {SubjectOf(row)} | {WordOf(row.Writer)} | {row.Reason} |");

        Assert.Equal(
            expected,
            File.ReadLines(PagePath()).Where(line => line.StartsWith("| `linkage.v1.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Page_OfDocumentation_NamesWhatIsNoCall()
    {
        string[] actions =
        [
            AuditLog.StartAction, AuditLog.StopAction, AuditLog.ResumeAction, AuditRecovery.Action,
            UploadStore.ExpiryAction, CommandAudit.Backup, CommandAudit.Restore, CommandAudit.IssueToken,
            CommandAudit.RevokeToken,
        ];
        string[] rows = [.. File.ReadLines(PagePath()).Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

        Assert.All(actions, action => Assert.Single(
            rows, row => row.Split('|')[1].Contains($"`{action}`", StringComparison.Ordinal)));
    }

    private static string KindOf(AuditRow row) =>
        row.Kind == AuditKind.Unspecified ? "none" : AuditLine.WordOf(row.Kind);

    private static string SubjectOf(AuditRow row) =>
        row.Subject == AuditSubject.EveryParty ? "every party" : WordOf(row.Subject);

    private static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string PagePath()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Linkage.sln")))
            {
                return Path.Combine(at.FullName, "docs", "audit-log.md");
            }
        }

        throw new DirectoryNotFoundException("No folder above the test assembly holds Linkage.sln.");
    }
}
