using Linkage.V1;

namespace Linkage.Sidecar.Services.Audit;

/// <summary>Which errors are refusals.</summary>
internal static class ErrorReasons
{
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
}
