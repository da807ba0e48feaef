using System.Security.Authentication;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Puts the errors of a unit into the words of the owner's process.</summary>
/// <remarks>
/// A unit is another organisation's: nothing it writes is passed on but reasons of the contract, in our own sentences.
/// And its "you are not identified" means this process, not the client.
/// </remarks>
internal static class UnitAnswers
{
    private const string Subject = "unit";

    /// <summary>Whether the same call may succeed a little later.</summary>
    public static bool IsPassing(RpcException failure) =>
        !IsUnproved(failure)
        && (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded
            || Refusals.ReasonOf(Refusals.InfoOf(failure)) is ErrorReason.ChunkDamaged or ErrorReason.UploadIncomplete);

    /// <summary>The error for the owner's client.</summary>
    public static RpcException ErrorOf(RpcException failure)
    {
        ErrorReason reason = Refusals.ReasonOf(Refusals.InfoOf(failure));
        if (failure.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return Refusals.Unmet(
                ErrorReason.UnitRefusesOwner,
                Subject,
                "The unit does not take this call from this process by what the configuration gives it to show.");
        }

        if (IsUnproved(failure))
        {
            return Refusals.Of(
                ErrorReason.UnitUnreachable,
                "The unit does not prove who it is: its certificate is of another authority, or for another host.");
        }

        if (reason == ErrorReason.Unspecified && failure.StatusCode == StatusCode.ResourceExhausted)
        {
            reason = ErrorReason.LimitReached; // of the transport, which knows no reasons
        }

        if (reason is ErrorReason.Unspecified or ErrorReason.NotServing or ErrorReason.UnitUnreachable)
        {
            return OwnerError.UnitUnreachable();
        }

        return Refusals.CodeOf(reason) == StatusCode.FailedPrecondition
            ? Refusals.Unmet(reason, Subject, SentenceOf(reason))
            : Refusals.Of(reason, SentenceOf(reason), [("at", Subject)]);
    }

    private static string SentenceOf(ErrorReason reason) => reason switch
    {
        ErrorReason.UnknownResource => "The unit knows no such project, or it is none of this owner's.",
        ErrorReason.DiskFull => "The unit's disk is too full. What it acknowledged is safe.",
        ErrorReason.LimitReached => "A limit of the unit is reached.",
        ErrorReason.WrongState => "The project takes no files in its state.",
        ErrorReason.InternalError => "The unit could not carry the call out.",
        _ => $"The unit refuses what it was sent: {Refusals.NameOf(reason)}.",
    };

    // Only a certificate that is refused stays so; a connection lost in the handshake does not.
    private static bool IsUnproved(RpcException failure)
    {
        for (Exception? cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }

}
