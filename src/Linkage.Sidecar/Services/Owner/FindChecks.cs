using Linkage.Sidecar.Identity;
using Linkage.Sidecar.Services.Access;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Owner;

/// <summary>The rules of a question for a client, and of its answer.</summary>
internal static class FindChecks
{
    private const int MostParties = 60;

    /// <summary>Checks what can be checked without a file or a unit; all that is wrong is told at once.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field is wrong.</exception>
    public static void Require(FindClientRequest request)
    {
        FieldChecks checks = new FieldChecks()
            .That(Principal.IsName(request.Party), "party", "1 to 64 letters, digits, '_' or '-'.")
            .That(Principal.IsName(request.Purpose), "purpose", "1 to 64 letters, digits, '_' or '-'.")
            .That(
                CaseReferences.IsReference(request.CaseReference),
                "case_reference",
                "1 to 64 letters, digits, '.', '-' or '_'.")
            .That(
                !CaseReferences.Names(request.CaseReference, request.Fields.Values),
                "case_reference",
                "Must not name the client: words or a number of it are in the record.")
            .That(request.Parties.Count <= MostParties, "parties", "At most 60 parties.")
            .That(
                request.Parties.All(Principal.IsName),
                "parties",
                "Each 1 to 64 letters, digits, '_' or '-'.")
            .That(
                request.Parties.Distinct(StringComparer.Ordinal).Count() == request.Parties.Count,
                "parties",
                "Each once.");
        checks.Require();
    }

    /// <summary>Whether an answer is one to the question: of every party asked, and of none that was not.</summary>
    /// <remarks>A party left out would look like one that does not know the client.</remarks>
    public static bool IsAnswer(LookupResponse answer, FindClientRequest question)
    {
        HashSet<string> parties = new(StringComparer.Ordinal);
        return answer.Answers.Count >= Math.Max(1, question.Parties.Count) && answer.Answers.All(one =>
            one.OutcomeCase != PartyAnswer.OutcomeOneofCase.None
            && parties.Add(one.Party)
            && (question.Parties.Count == 0 || question.Parties.Contains(one.Party)));
    }
}
