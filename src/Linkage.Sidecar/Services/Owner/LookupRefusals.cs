using Google.Rpc;
using Grpc.Core;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>Puts the refusals of a unit's lookups into the words of the owner's process.</summary>
/// <remarks>
/// What an agreement refuses is refused to the asking party: reason, clause, citation and the request for release are
/// made for it and passed on. All else is what any call to a unit may be answered.
/// </remarks>
internal static class LookupRefusals
{
    private const int LongestFact = 500;

    private static readonly string[] Facts = ["clause", "citation", "request_id"];

    /// <summary>The error for the owner's client.</summary>
    public static RpcException ErrorOf(RpcException failure)
    {
        ErrorReason reason = Refusals.ReasonOf(Refusals.InfoOf(failure));
        if (failure.StatusCode == StatusCode.PermissionDenied && SentenceOf(reason) is { } sentence)
        {
            return Refusals.Of(reason, sentence, FactsOf(failure));
        }

        return reason switch
        {
            ErrorReason.WrongState => Refusals.Unmet(reason, "project", "The project is not linked yet, or no longer."),
            ErrorReason.ProbingSuspected => Refusals.Of(
                reason, "The unit takes this party's lookups for probing, and answers none for a while."),
            ErrorReason.IndexLoading => Refusals.Of(reason, "The unit is reading the project's records in; ask again."),
            _ => UnitAnswers.ErrorOf(failure),
        };
    }

    // Null for a reason that no agreement gives.
    private static string? SentenceOf(ErrorReason reason) => reason switch
    {
        ErrorReason.AgreementNotInForce => "The project has no agreement that is in force.",
        ErrorReason.NotInAgreement => "No clause of the agreement allows this for this purpose.",
        ErrorReason.ExceptedByAgreement => "An exception of the agreement forbids it.",
        ErrorReason.ReleaseNeeded => "The party that was asked has to release it first.",
        ErrorReason.ReleaseRefused => "The party that was asked has refused to release it.",
        _ => null,
    };

    private static (string Name, string Value)[] FactsOf(RpcException failure)
    {
        ErrorInfo info = Refusals.InfoOf(failure) ?? new ErrorInfo();
        return
        [
            .. from name in Facts
               where info.Metadata.ContainsKey(name)
               let value = info.Metadata[name]
               where value.Length <= LongestFact && !value.Any(char.IsControl)
               select (name, value),
        ];
    }
}
