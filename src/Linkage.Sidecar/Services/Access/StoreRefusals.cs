using Grpc.Core;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.Sidecar.Storage;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Turns what the store says into errors of the contract.</summary>
internal static class StoreRefusals
{
    /// <summary>The error for a refusal.</summary>
    public static RpcException ToRpc(StoreRefusedException refused) => refused.Refusal switch
    {
        StoreRefusal.NotFound => Refusals.Unknown("resource"),
        StoreRefusal.WrongState => Refusals.Unmet(ErrorReason.WrongState, "project", refused.Message),
        StoreRefusal.KeyReused => Refusals.Of(ErrorReason.IdempotencyKeyReused, refused.Message),
        StoreRefusal.WrongChunk => Refusals.Of(ErrorReason.ChunkOutOfPlace, refused.Message),
        StoreRefusal.AlteredChunk => Refusals.Of(ErrorReason.ChunkDiffers, refused.Message),
        StoreRefusal.Incomplete => Refusals.Unmet(ErrorReason.UploadIncomplete, "upload", refused.Message),
        StoreRefusal.ChecksumMismatch => Refusals.Of(ErrorReason.UploadDamaged, refused.Message),
        StoreRefusal.TooManyUploads => Refusals.OverLimit(
            "party", "Open uploads of a party, and the bytes announced in them.", refused.Message),
        StoreRefusal.TooManyRuns => Refusals.OverLimit("analyst", "Runs that have not ended.", refused.Message),
        StoreRefusal.TooManyReleases => Refusals.OverLimit(
            "party", "Requests for release that wait for an answer.", refused.Message),
        StoreRefusal.Stale or StoreRefusal.Superseded => Refusals.Of(ErrorReason.ChangedMeanwhile, refused.Message),
        _ => Refusals.Of(ErrorReason.InternalError, "The call could not be carried out."),
    };

    /// <summary>The error for any failure of a call that is not an answer by itself.</summary>
    public static RpcException ToRpc(Exception failure) => failure switch
    {
        StoreRefusedException refused => ToRpc(refused),
        RunRefusedException refused => Refusals.Of(refused.Reason, refused.Message),
        IOException when DiskFaults.IsDiskFull(failure) => Refusals.Of(
            ErrorReason.DiskFull, "The server's disk is too full."),
        _ => Refusals.Of(ErrorReason.InternalError, "The call could not be carried out."),
    };

    /// <summary>Whether the failure is an answer to the caller and no concern of the operator's.</summary>
    public static bool IsAnswer(Exception failure) => failure is StoreRefusedException or RunRefusedException;
}
