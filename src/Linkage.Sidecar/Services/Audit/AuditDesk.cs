using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Linkage.Sidecar.Audit;
using Linkage.Sidecar.Hosting;
using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;
using Project = Linkage.Sidecar.Storage.Project;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Puts what calls did, and why they were refused, into the audit log. Thread-safe.</summary>
/// <remarks>Whoever awaits it before answering has the entry on disk before the answer leaves.</remarks>
internal sealed class AuditDesk
{
    private readonly IAuditTrail _trail;
    private readonly RefusalTally _tally;
    private readonly ILogger _logger;

    /// <summary>Writes to a log.</summary>
    public AuditDesk(IAuditTrail trail, TimeProvider time, ILogger<AuditDesk> logger)
    {
        _trail = trail;
        _tally = new RefusalTally(time);
        _logger = logger;
    }

    /// <summary>Notes what a call did or is about to tell, if the table has an entry for it.</summary>
    /// <param name="context">The call, let in by the gate.</param>
    /// <param name="answer">The answer, or the first of them; null if there is none.</param>
    /// <exception cref="RpcException">The log cannot be written; then nothing may be answered.</exception>
    public async Task NoteAsync(ServerCallContext context, IMessage? answer)
    {
        AuditRow row = AuditTable.Find(context.Method);
        if (row.Writer != AuditWriter.Gate)
        {
            return;
        }

        Caller caller = CallFacts.CallerOf(context);
        Project? project = TargetIn(context)?.Project;
        AuditEvent entry = new()
        {
            Kind = row.Kind,
            Action = row.Action,
            Actor = caller.Name,
            ProjectId = project?.Id ?? "",
            Counts = AuditCounts.Of(answer),
        };
        await AppendAsync(
        [
            .. SubjectsOf(row, caller, project)
                .Select(party => AuditFacts.Of(entry with { SubjectParty = party }, answer)),
        ]);
    }

    /// <summary>Notes that a call failed, if that is a refusal that has to be in the log.</summary>
    /// <param name="context">The call.</param>
    /// <param name="error">The error that is going to be sent.</param>
    /// <param name="isLetIn">Whether the gate has let it in, so that the service has refused it.</param>
    /// <exception cref="RpcException">The log cannot be written; this is to be sent instead.</exception>
    public async Task NoteRefusalAsync(ServerCallContext context, RpcException error, bool isLetIn)
    {
        AuditRow row = AuditTable.Find(context.Method);
        ErrorInfo? info = Refusals.InfoOf(error);
        ErrorReason reason = Refusals.ReasonOf(info);
        bool isWritten = isLetIn && row.Writer == AuditWriter.Service && ErrorReasons.IsRuling(reason);
        if (!ErrorReasons.IsRefusal(reason) || isWritten)
        {
            return;
        }

        Caller caller = CallFacts.CallerOf(context);
        AuditEvent entry = new()
        {
            Kind = AuditKind.Refusal,
            Action = row.Action,
            Actor = caller.Name,
            ProjectId = TargetIn(context)?.Project.Id ?? "",
            Clause = info?.Metadata.GetValueOrDefault("clause", "") ?? "",
            Outcome = Refusals.NameOf(reason),
        };
        if (!ErrorReasons.MayFlood(reason))
        {
            await AppendAsync([entry]);
        }
        else if (CountOf(entry, context) is { } due)
        {
            await AppendAsync([due]);
        }
    }

    /// <summary>Notes the refusals that were counted and not yet noted.</summary>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public async Task FlushAsync()
    {
        if (_tally.TakeAll() is { Count: > 0 } due)
        {
            await _trail.AppendAsync(due);
        }
    }

    private static CallTarget? TargetIn(ServerCallContext context) =>
        context.UserState.TryGetValue(CallFacts.TargetKey, out object? target) ? (CallTarget)target : null;

    private static IEnumerable<string> SubjectsOf(AuditRow row, Caller caller, Project? project) => row.Subject switch
    {
        AuditSubject.Caller => [caller.Party ?? ""],
        AuditSubject.EveryParty when project is { Parties.Count: > 0 } => project.Parties.Select(party => party.Name),
        _ => [""],
    };

    private AuditEvent? CountOf(AuditEvent entry, ServerCallContext context) => entry.Actor.Length > 0
        ? _tally.Count(entry)
        : _tally.Count(entry, ListenerFeature.Of(context.GetHttpContext()));

    private async Task AppendAsync(IReadOnlyList<AuditEvent> events)
    {
        try
        {
            await _trail.AppendAsync(events);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _logger.AuditFailed(failure.GetType().Name);
            throw StoreRefusals.ToRpc(failure);
        }
    }
}
