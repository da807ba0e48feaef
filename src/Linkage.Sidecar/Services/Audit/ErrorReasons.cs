using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;
using RpcStatus = Google.Rpc.Status;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Which errors are refusals.</summary>
internal static class ErrorReasons
{
    /// <summary>The reason an error of the contract carries, and the clause it cites.</summary>
    /// <returns>Unspecified if it carries none; an empty clause if it cites none.</returns>
    public static (ErrorReason Reason, string Clause) Of(RpcException error)
    {
        (ErrorReason, string) nothing = (ErrorReason.Unspecified, "");
        if (error.Trailers.GetValueBytes(Refusals.DetailsTrailer) is not { } details)
        {
            return nothing;
        }

        try
        {
            RpcStatus status = RpcStatus.Parser.ParseFrom(details);
            return status.Details.Count > 0
                && status.Details[0].TryUnpack(out ErrorInfo info)
                && ErrorsReflection.Descriptor.EnumTypes[0].FindValueByName(info.Reason) is { } value
                    ? ((ErrorReason)value.Number, ClauseIn(info))
                    : nothing;
        }
        catch (InvalidProtocolBufferException)
        {
            return nothing; // another service's details
        }
    }

    /// <summary>Whether it is what an agreement says to a question, party by party.</summary>
    public static bool IsRuling(ErrorReason reason) => reason
        is ErrorReason.AgreementNotInForce
        or ErrorReason.NotInAgreement
        or ErrorReason.ExceptedByAgreement
        or ErrorReason.ReleaseNeeded
        or ErrorReason.ReleaseRefused;

    /// <summary>Whether an error says that the caller may not, not that something was wrong with the call.</summary>
    public static bool IsRefusal(ErrorReason reason) => reason
        is ErrorReason.NotIdentified
        or ErrorReason.RoleNotAllowed
        or ErrorReason.UnknownResource
        or ErrorReason.WrongState
        or ErrorReason.OutputNotAgreed
        or ErrorReason.LimitReached
        or ErrorReason.CountsAlreadyTold
        or ErrorReason.TermsNotApproved
        or ErrorReason.ProbingSuspected
        || IsRuling(reason);

    /// <summary>Whether anybody can bring it about as often as he likes, so that entries have to be counted.</summary>
    public static bool MayFlood(ErrorReason reason) =>
        reason is ErrorReason.NotIdentified or ErrorReason.LimitReached or ErrorReason.ProbingSuspected;

    private static string ClauseIn(ErrorInfo info) =>
        info.Metadata.TryGetValue("clause", out string? clause) ? clause : "";
}
