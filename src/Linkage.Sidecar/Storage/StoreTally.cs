using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>How much there is to do and to keep, and nothing of what it is.</summary>
/// <param name="Runs">Runs of every state, in the order of the states.</param>
/// <param name="OpenUploads">Uploads that chunks are accepted for.</param>
/// <param name="Segments">Files that are kept.</param>
/// <param name="Bytes">Bytes of files and of what has come of open uploads.</param>
internal sealed record StoreTally(
    IReadOnlyList<(RunState State, int Count)> Runs, int OpenUploads, int Segments, long Bytes)
{
    /// <summary>Runs that wait.</summary>
    public int QueuedRuns => RunsIn(RunState.Queued);

    /// <summary>Runs at work.</summary>
    public int RunningRuns => RunsIn(RunState.Running);

    /// <summary>Counts within a transaction of the caller.</summary>
    public static StoreTally Of(SqliteConnection connection) => new(
        [.. Enum.GetValues<RunState>().Select(state => (state, CountRuns(connection, state)))],
        (int)connection.Scalar(
            "SELECT COUNT(*) FROM uploads WHERE state = $receiving", ("$receiving", (int)UploadState.Receiving)),
        (int)connection.Scalar("SELECT COUNT(*) FROM segments"),
        connection.Scalar("SELECT COALESCE(SUM(length), 0) FROM segments")
        + connection.Scalar(
            """
            SELECT COALESCE(SUM(range_end - range_start), 0) FROM upload_ranges
            JOIN uploads ON uploads.id = upload_id WHERE state = $receiving
            """,
            ("$receiving", (int)UploadState.Receiving)));

    private static int CountRuns(SqliteConnection connection, RunState state) =>
        (int)connection.Scalar("SELECT COUNT(*) FROM runs WHERE state = $state", ("$state", (int)state));

    private int RunsIn(RunState state) => Runs.Single(runs => runs.State == state).Count;
}
