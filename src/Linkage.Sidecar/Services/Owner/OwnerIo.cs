using Grpc.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Turns faults of the disk into the contract's errors.</summary>
internal static class OwnerIo
{
    /// <summary>The error that stands for a fault; names and paths stay out of it.</summary>
    public static RpcException ErrorOf(Exception fault) =>
        DiskFaults.IsDiskFull(fault) ? OwnerError.DiskFull() : OwnerError.Internal();

    /// <summary>Whether an exception is a fault of the disk.</summary>
    public static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
