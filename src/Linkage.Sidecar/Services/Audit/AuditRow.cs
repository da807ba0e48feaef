using Linkage.V1;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>What of a call is in the audit log.</summary>
/// <param name="Rpc">The call's full name.</param>
/// <param name="Kind">What an entry of it is about; unspecified if there is none.</param>
/// <param name="Subject">Whose records it is about.</param>
/// <param name="Writer">Who writes the entry.</param>
/// <param name="Reason">Why there is an entry, or none; for people.</param>
internal sealed record AuditRow(string Rpc, AuditKind Kind, AuditSubject Subject, AuditWriter Writer, string Reason)
{
    /// <summary>The call as entries name it: without the package.</summary>
    public string Action => Rpc[(Rpc.LastIndexOf('.') + 1)..];
}
