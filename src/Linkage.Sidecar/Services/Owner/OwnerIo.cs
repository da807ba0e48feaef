using Grpc.Core;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Turns faults of the disk into the contract's errors.</summary>
internal static class OwnerIo
{
    private const int NoSpaceOnUnix = 28;
    private const int OverQuotaOnUnix = 122;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    /// <summary>The error that stands for a fault; names and paths stay out of it.</summary>
    public static RpcException ErrorOf(Exception fault) =>
        fault.HResult is NoSpaceOnUnix or OverQuotaOnUnix or DiskFullOnWindows
            ? OwnerError.DiskFull()
            : OwnerError.Internal();

    /// <summary>Whether an exception is a fault of the disk.</summary>
    public static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
