using Microsoft.Data.Sqlite;

namespace Linkage.Sidecar.Storage;

/// <summary>Tells a disk that is full from one that fails.</summary>
internal static class DiskFaults
{
    // ENOSPC, EDQUOT and EFBIG of Linux, which the runtime passes on as they are.
    private const int NoSpaceLeft = 28;
    private const int OverQuota = 122;
    private const int OverFileLimit = 27;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>Whether nothing is wrong but the room: the same call may succeed once there is some.</summary>
    public static bool IsDiskFull(Exception failure) =>
        failure is IOException
        && (failure.HResult is NoSpaceLeft or OverQuota or OverFileLimit or DiskFullOnWindows
            || failure.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL });
}
