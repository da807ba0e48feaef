using Linkage.Sidecar.Services.Access;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Lookup;

/// <summary>What a party asks, checked.</summary>
/// <param name="Project">The project, with its terms.</param>
/// <param name="Asking">The party that asks.</param>
/// <param name="Asked">The parties asked, in the order of the project's files.</param>
/// <param name="Purpose">What for.</param>
/// <param name="CaseReference">For which case.</param>
/// <param name="Explain">Whether levels are wanted.</param>
internal sealed record LookupQuestion(
    Project Project,
    string Asking,
    IReadOnlyList<string> Asked,
    string Purpose,
    string CaseReference,
    bool Explain)
{
    private const int LongestName = 64;

    /// <summary>Checks the fields that both kinds of request have.</summary>
    /// <exception cref="Grpc.Core.RpcException">A field is wrong.</exception>
    public static LookupQuestion Of(
        Project project,
        string asking,
        IReadOnlyCollection<string> parties,
        string purpose,
        string caseReference,
        bool explain)
    {
        string[] members =
        [
            .. project.Parties.Where(party => party.State != PartyState.Withdrawn).Select(party => party.Name),
        ];
        new FieldChecks()
            .That(IsName(purpose), "purpose", "1 to 64 letters, digits, '.', '-' or '_'.")
            .That(IsName(caseReference), "case_reference", "1 to 64 letters, digits, '.', '-' or '_'.")
            .That(parties.All(members.Contains), "parties", "Parties of the project.")
            .That(parties.Distinct().Count() == parties.Count, "parties", "Every party once.")
            .Require();
        string[] asked = [.. members.Where(party => parties.Count == 0 || parties.Contains(party))];
        return new LookupQuestion(project, asking, asked, purpose, caseReference, explain);
    }

    private static bool IsName(string text) =>
        text.Length is >= 1 and <= LongestName
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
