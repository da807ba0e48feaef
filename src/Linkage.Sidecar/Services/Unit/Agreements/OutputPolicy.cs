using Linkage.Sidecar.Agreements;
using Linkage.Sidecar.Services.Unit.Runs;
using Linkage.V1;
using OutputType = Linkage.Sidecar.Storage.OutputType;
using PartyState = Linkage.Sidecar.Storage.PartyState;

namespace Linkage.Sidecar.Services.Unit.Agreements;

/// <summary>Whether a project's agreement lets it link, and lets out what its terms give. Thread-safe.</summary>
/// <remarks>
/// A project is under an agreement from the first proposal on: until every party has signed one, nothing is linked and
/// nothing is read.
/// </remarks>
internal sealed class OutputPolicy
{
    private readonly AgreementBooks _books;
    private readonly TimeProvider _time;
    private readonly bool _isRequired;

    /// <summary>Decides.</summary>
    /// <param name="books">The agreements.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isRequired">Whether a project without an agreement may do nothing.</param>
    public OutputPolicy(AgreementBooks books, TimeProvider time, bool isRequired)
    {
        _books = books;
        _time = time;
        _isRequired = isRequired;
    }

    /// <summary>Requires that the terms' output is one of the agreement's, for all who take part.</summary>
    /// <exception cref="RunRefusedException">
    /// The agreement is not in force, does not have the output, or does not include every party.
    /// </exception>
    public void Require(string projectId)
    {
        DateTimeOffset now = _time.GetUtcNow();
        AgreementBook book = _books.Of(projectId);
        if (book.DecidingAt(now) is not { } entry)
        {
            if (_isRequired)
            {
                throw new RunRefusedException(ErrorReason.AgreementNotInForce, "The project has no agreement.");
            }

            return;
        }

        AgreementStanding standing = entry.Standing;
        if (DisclosureEngine.FindWhyNotInForce(standing.PhaseAt(now)) is { } why)
        {
            throw new RunRefusedException(ErrorReason.AgreementNotInForce, why);
        }

        if (book.Facts.Project is not { Terms: { } terms } project)
        {
            throw new RunRefusedException(ErrorReason.WrongState, "The parties have not agreed on terms.");
        }

        if (project.Parties.Any(party => party.State != PartyState.Withdrawn && !standing.Includes(party.Name)))
        {
            throw new RunRefusedException(
                ErrorReason.NotInAgreement, "A party of the project is none of the agreement's, or has left it.");
        }

        string word = WordOf(terms.Output);
        if (!standing.Text.Document.Purposes.Any(
            purpose => purpose.Outputs.Contains(word) && purpose.Covers(standing.UsedFields)))
        {
            throw new RunRefusedException(
                ErrorReason.NotInAgreement, "No purpose of the agreement has the output of the terms with its fields.");
        }
    }

    private static string WordOf(OutputType output) => output switch
    {
        OutputType.LinkIds => AgreementWords.OwnLinkIds,
        OutputType.Groups => AgreementWords.Groups,
        OutputType.PermutationAndMask => AgreementWords.PermutationAndMask,
        _ => AgreementWords.Counts,
    };
}
