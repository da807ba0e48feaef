using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The errors of the owner's calls: status, reason and details, and never a value of a record.</summary>
/// <remarks>
/// Sentences are fixed here or come with numbers only. Names that a caller sent are not repeated: a confused client may
/// have put anything into them.
/// </remarks>
internal static class OwnerError
{
    /// <summary>INVALID_ARGUMENT: a field of the request is wrong.</summary>
    /// <param name="field">The field's path in the request.</param>
    /// <param name="problem">What is wrong, such as "is missing".</param>
    public static RpcException BadField(string field, string problem) =>
        BadField(field, problem, $"{field} {problem}.");

    /// <summary>INVALID_ARGUMENT: a record is wrong.</summary>
    /// <param name="record">The record's number, from 0.</param>
    /// <param name="field">The field's path in the request.</param>
    /// <param name="problem">What is wrong with the record.</param>
    public static RpcException BadRecord(long record, string field, string problem) =>
        BadField(field, problem, FormattableString.Invariant($"Record {record} {problem}."));

    /// <summary>INVALID_ARGUMENT: the page token is none of this call's.</summary>
    public static RpcException BadPageToken() =>
        Refusals.Of(ErrorReason.BadPageToken, "The page token is not one that this call gave.");

    /// <summary>NOT_FOUND: a directory of the server has no such file.</summary>
    /// <param name="kind">What kind of file.</param>
    public static RpcException NoSuchFile(string kind) => Refusals.Of(
        ErrorReason.UnknownResource,
        $"The server's directory has no {kind} of this name.",
        new ResourceInfo { ResourceType = kind });

    /// <summary>FAILED_PRECONDITION: a file of the server's directories cannot be used.</summary>
    /// <param name="kind">What kind of file.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static RpcException Unusable(string kind, string problem) =>
        Refusals.Unmet(ErrorReason.OwnerFileUnusable, kind, $"The {kind} cannot be used: {problem}.");

    /// <summary>FAILED_PRECONDITION: another number of records was announced than arrived.</summary>
    public static RpcException CountDiffers(long announced, long arrived) => Refusals.Unmet(
        ErrorReason.RecordCountDiffers,
        "finish.record_count",
        FormattableString.Invariant($"{announced} records were announced and {arrived} arrived."));

    /// <summary>FAILED_PRECONDITION: the stream ended before its last message.</summary>
    public static RpcException NotFinished() => Refusals.Unmet(
        ErrorReason.RecordCountDiffers, "finish", "The stream ended without `finish`.");

    /// <summary>ALREADY_EXISTS: the idempotency key was used for something else.</summary>
    public static RpcException KeyReused() => Refusals.Of(
        ErrorReason.IdempotencyKeyReused,
        "The idempotency key was used before with another request.",
        new ResourceInfo { ResourceType = "idempotency key" });

    /// <summary>ABORTED: somebody else writes a file of this name.</summary>
    public static RpcException NameInUse() => Refusals.Of(
        ErrorReason.ChangedMeanwhile,
        "Another call is writing a file of this name.",
        Retry(TimeSpan.FromSeconds(30)));

    /// <summary>ABORTED: there is no such session, or no longer, or it is another caller's.</summary>
    public static RpcException SessionLost() =>
        Refusals.Of(ErrorReason.SessionLost, "The session is gone; start a new one.");

    /// <summary>RESOURCE_EXHAUSTED: a limit of the process is reached.</summary>
    /// <param name="subject">What is limited.</param>
    /// <param name="limit">The limit in words.</param>
    public static RpcException LimitReached(string subject, string limit) =>
        Refusals.OverLimit(subject, limit, $"{limit}.");

    /// <summary>RESOURCE_EXHAUSTED: there is no room on the disk.</summary>
    public static RpcException DiskFull() =>
        Refusals.Of(ErrorReason.DiskFull, "The server's disk is too full; nothing was written.");

    /// <summary>UNAVAILABLE: the unit cannot be reached or does not prove who it is.</summary>
    public static RpcException UnitUnreachable() => Refusals.Of(
        ErrorReason.UnitUnreachable,
        "The unit cannot be reached, or does not prove who it is.",
        Retry(TimeSpan.FromSeconds(5)));

    /// <summary>INTERNAL: a fault that is not the caller's.</summary>
    public static RpcException Internal() =>
        Refusals.Of(ErrorReason.InternalError, "A file of the server could not be read or written.");

    /// <summary>INTERNAL: a unit answered another question than it was asked.</summary>
    public static RpcException BadAnswer() =>
        Refusals.Of(ErrorReason.InternalError, "The unit's answer is not one to the question.");

    private static RpcException BadField(string field, string problem, string message)
    {
        BadRequest details = new();
        details.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = problem });
        return Refusals.Of(ErrorReason.BadFields, message, details);
    }

    private static RetryInfo Retry(TimeSpan delay) => new() { RetryDelay = Duration.FromTimeSpan(delay) };
}
