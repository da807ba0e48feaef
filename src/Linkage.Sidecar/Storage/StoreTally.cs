using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>How much there is to do and to keep, and nothing of what it is.</summary>
/// <param name="QueuedRuns">Runs that wait.</param>
/// <param name="RunningRuns">Runs at work.</param>
/// <param name="OpenUploads">Uploads that chunks are accepted for.</param>
/// <param name="Bytes">Bytes of files and of what has come of open uploads.</param>
internal sealed record StoreTally(int QueuedRuns, int RunningRuns, int OpenUploads, long Bytes)
{
    /// <summary>Counts within a transaction of the caller.</summary>
    public static StoreTally Of(SqliteConnection connection) => new(
        Runs(connection, RunState.Queued),
        Runs(connection, RunState.Running),
        (int)connection.Scalar(
            "SELECT COUNT(*) FROM uploads WHERE state = $receiving", ("$receiving", (int)UploadState.Receiving)),
        connection.Scalar("SELECT COALESCE(SUM(length), 0) FROM segments")
        + connection.Scalar(
            """
            SELECT COALESCE(SUM(range_end - range_start), 0) FROM upload_ranges
            JOIN uploads ON uploads.id = upload_id WHERE state = $receiving
            """,
            ("$receiving", (int)UploadState.Receiving)));

    private static int Runs(SqliteConnection connection, RunState state) =>
        (int)connection.Scalar("SELECT COUNT(*) FROM runs WHERE state = $state", ("$state", (int)state));
}
