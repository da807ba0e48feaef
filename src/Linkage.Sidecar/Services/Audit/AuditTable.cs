using System.Collections.Frozen;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>What of which call is in the audit log: the table of <c>docs/audit-log.md</c> for the program.</summary>
internal static partial class AuditTable
{
    private static readonly FrozenDictionary<string, AuditRow> ByCall =
        ListRows().ToFrozenDictionary(row => row.Rpc, StringComparer.Ordinal);

    /// <summary>All rows, in the order of the page.</summary>
    public static IReadOnlyList<AuditRow> Rows { get; } = [.. ListRows()];

    /// <summary>The row of a call.</summary>
    /// <param name="rpc">The call's full name, with or without the slash that gRPC puts before it.</param>
    /// <returns>The row; one that has a call written that is not listed, so that nothing is left out.</returns>
    public static AuditRow Find(string rpc)
    {
        string name = rpc.StartsWith('/') ? rpc[1..] : rpc;
        return ByCall.TryGetValue(name, out AuditRow? row)
            ? row
            : new AuditRow(name, AuditKind.Administration, AuditSubject.Nobody, AuditWriter.Gate, "Not listed.");
    }
}
