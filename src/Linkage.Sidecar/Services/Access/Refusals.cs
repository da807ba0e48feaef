using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Linkage.V1;
using RpcStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace Linkage.Sidecar.Services.Access;

/// <summary>Makes the errors of the contract: status, sentence and details. None of them holds a value.</summary>
internal static class Refusals
{
    /// <summary>The trailer that holds the details.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Who defines the reasons.</summary>
    public const string Domain = "linkage.v1";

    private static readonly Duration AWhile = new() { Seconds = 1 };

    /// <summary>An error with the status that goes with its reason.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">In English, for a developer.</param>
    /// <param name="details">What a program can act upon, beside the reason.</param>
    public static RpcException Of(ErrorReason reason, string message, params ReadOnlySpan<IMessage> details) =>
        Of(reason, message, [], details);

    /// <summary>An error with facts that are safe to log.</summary>
    public static RpcException Of(
        ErrorReason reason,
        string message,
        ReadOnlySpan<(string Name, string Value)> facts,
        params ReadOnlySpan<IMessage> details)
    {
        StatusCode code = CodeOf(reason);
        ErrorInfo info = new() { Reason = NameOf(reason), Domain = Domain };
        foreach ((string name, string value) in facts)
        {
            info.Metadata[name] = value;
        }

        RpcStatus status = new() { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(info));
        bool saysWhen = false;
        foreach (IMessage detail in details)
        {
            status.Details.Add(Any.Pack(detail));
            saysWhen |= detail is RetryInfo;
        }

        if (!saysWhen && code is StatusCode.Unavailable or StatusCode.Aborted or StatusCode.ResourceExhausted)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = AWhile }));
        }

        Metadata trailers = new() { { DetailsTrailer, status.ToByteArray() } };
        return new RpcException(new Status(code, message), trailers);
    }

    /// <summary>INVALID_ARGUMENT: one field is wrong.</summary>
    public static RpcException BadField(string field, string description) =>
        BadFields([(field, description)]);

    /// <summary>INVALID_ARGUMENT: fields are wrong.</summary>
    public static RpcException BadFields(IReadOnlyCollection<(string Field, string Description)> wrong)
    {
        BadRequest bad = new();
        bad.FieldViolations.AddRange(wrong.Select(
            one => new BadRequest.Types.FieldViolation { Field = one.Field, Description = one.Description }));
        return Of(ErrorReason.BadFields, "Fields of the request are wrong.", bad);
    }

    /// <summary>RESOURCE_EXHAUSTED: the caller is over one of its limits.</summary>
    /// <param name="subject">What is limited.</param>
    /// <param name="limit">Which limit, in words.</param>
    /// <param name="message">In English, for a developer.</param>
    public static RpcException OverLimit(string subject, string limit, string message)
    {
        QuotaFailure quota = new();
        quota.Violations.Add(new QuotaFailure.Types.Violation { Subject = subject, Description = limit });
        return Of(ErrorReason.LimitReached, message, quota);
    }

    /// <summary>FAILED_PRECONDITION: a condition does not hold.</summary>
    public static RpcException Unmet(ErrorReason reason, string subject, string description)
    {
        PreconditionFailure failure = new();
        failure.Violations.Add(new PreconditionFailure.Types.Violation
        {
            Type = NameOf(reason),
            Subject = subject,
            Description = description,
        });
        return Of(reason, description, failure);
    }

    /// <summary>NOT_FOUND: there is no such thing, or it is none of the caller's.</summary>
    public static RpcException Unknown(string kind) => Of(
        ErrorReason.UnknownResource,
        $"There is no such {kind}.",
        new ResourceInfo { ResourceType = kind, Description = "There is none, or it is none of the caller's." });

    /// <summary>What an error says for programs; null if it says nothing in the contract's words.</summary>
    public static ErrorInfo? InfoOf(RpcException failure)
    {
        if (failure.Trailers.GetValueBytes(DetailsTrailer) is not { } details)
        {
            return null;
        }

        try
        {
            return RpcStatus.Parser.ParseFrom(details).Details
                .Where(detail => detail.Is(ErrorInfo.Descriptor))
                .Select(detail => detail.Unpack<ErrorInfo>())
                .FirstOrDefault(info => info.Domain == Domain);
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // another service's details
        }
    }

    /// <summary>The reason in what an error says; unspecified if it is none of the contract's.</summary>
    public static ErrorReason ReasonOf(ErrorInfo? info) =>
        info is not null && ErrorsReflection.Descriptor.EnumTypes[0].FindValueByName(info.Reason) is { } value
            ? (ErrorReason)value.Number
            : ErrorReason.Unspecified;

    /// <summary>The name of a reason as the contract has it.</summary>
    public static string NameOf(ErrorReason reason) =>
        ErrorsReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason).Name;

    /// <summary>The status that goes with a reason.</summary>
    public static StatusCode CodeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.NotIdentified => StatusCode.Unauthenticated,
        ErrorReason.RoleNotAllowed or ErrorReason.AgreementNotInForce or ErrorReason.NotInAgreement
            or ErrorReason.ExceptedByAgreement or ErrorReason.ReleaseNeeded or ErrorReason.ReleaseRefused
            => StatusCode.PermissionDenied,
        ErrorReason.UnknownResource => StatusCode.NotFound,
        ErrorReason.BadFields or ErrorReason.BadPageToken or ErrorReason.NotAnEncodedFile
            or ErrorReason.AgreementUnusable => StatusCode.InvalidArgument,
        ErrorReason.IdempotencyKeyReused or ErrorReason.ChunkDiffers => StatusCode.AlreadyExists,
        ErrorReason.ChangedMeanwhile or ErrorReason.SessionLost => StatusCode.Aborted,
        ErrorReason.ChunkDamaged or ErrorReason.UploadDamaged => StatusCode.DataLoss,
        ErrorReason.ChunkOutOfPlace => StatusCode.OutOfRange,
        ErrorReason.UnitUnreachable or ErrorReason.NotServing or ErrorReason.IndexLoading
            => StatusCode.Unavailable,
        ErrorReason.LimitReached or ErrorReason.DiskFull or ErrorReason.ProbingSuspected
            => StatusCode.ResourceExhausted,
        ErrorReason.InternalError or ErrorReason.Unspecified => StatusCode.Internal,
        _ => StatusCode.FailedPrecondition,
    };
}
