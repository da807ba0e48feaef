using Google.Protobuf.WellKnownTypes;
using Linkage.V1;
using Stored = Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Stored runs as messages.</summary>
internal static class RunMessages
{
    /// <summary>Whether a run does nothing more.</summary>
    public static bool HasEnded(Stored.RunState state) =>
        state is Stored.RunState.Done or Stored.RunState.Failed or Stored.RunState.Cancelled;

    /// <summary>A run as it was after one of its events.</summary>
    /// <param name="run">The run.</param>
    /// <param name="events">Its events up to that one, from the first.</param>
    /// <param name="withOptions">Whether the caller may be told of the options, which speak of all parties.</param>
    public static Run Create(Stored.Run run, IReadOnlyList<Stored.RunEvent> events, bool withOptions)
    {
        var plan = RunPlan.Of(run);
        Stored.RunEvent latest = events[^1];
        Stored.RunEvent[] starts = [.. Starts(events)];
        Run message = new()
        {
            Id = run.Id,
            ProjectId = run.ProjectId,
            State = StateOf(latest.State),
            Options = withOptions ? plan.ReadOptions() : null,
            TermsRevision = plan.TermsRevision,
            Stage = latest.Progress.Stage,
            Share = ShareOf(latest.Progress),
            Sequence = latest.Sequence,
            Attempts = starts.Length,
            FailureReason = latest.State == Stored.RunState.Failed ? run.Failure ?? "" : "",
            CreateTime = run.CreatedAt.ToTimestamp(),
            StartTime = starts.Length > 0 ? starts[^1].At.ToTimestamp() : null,
            EndTime = HasEnded(latest.State) ? EndOf(events).ToTimestamp() : null,
        };
        return message;
    }

    // In whole percent: the digits of an exact share would tell of how many pairs it is one.
    private static double ShareOf(Stored.RunProgress progress) => progress.Total > 0
        ? Math.Floor(100 * Math.Clamp((double)progress.Done / progress.Total, 0, 1)) / 100
        : 0;

    private static RunState StateOf(Stored.RunState state) => state switch
    {
        Stored.RunState.Queued => RunState.Queued,
        Stored.RunState.Running => RunState.Running,
        Stored.RunState.Done => RunState.Succeeded,
        Stored.RunState.Failed => RunState.Failed,
        Stored.RunState.Cancelled => RunState.Canceled,
        _ => RunState.Unspecified,
    };

    // A run that was begun is reported as running again and again; the first report of each attempt counts.
    private static IEnumerable<Stored.RunEvent> Starts(IReadOnlyList<Stored.RunEvent> events) => events.Where(
        (added, i) => added.State == Stored.RunState.Running
            && (i == 0 || events[i - 1].State != Stored.RunState.Running));

    // Results that are taken back later do not change when the run ended.
    private static DateTimeOffset EndOf(IReadOnlyList<Stored.RunEvent> events) =>
        events.First(added => HasEnded(added.State)).At;
}
