using Linkage.Bloom.Blocking;

namespace Linkage.Cli.Proposal;

/// <summary>What an owner's records say of the passes of a schema.</summary>
/// <param name="Survey">The figures of the schema's passes.</param>
/// <param name="Proposal">The passes the advisor would choose.</param>
/// <param name="ProposalCompleteness">What these promise.</param>
internal sealed record PassSurveyAnswer(
    PassSurveyResult Survey,
    IReadOnlyList<PassProposal> Proposal,
    IReadOnlyList<PredictedCompleteness> ProposalCompleteness)
{
    /// <summary>Whether the advisor would choose other keys; order and names of passes do not count.</summary>
    public bool Differs => !Survey.Passes.Select(pass => KeyOf(pass.Pass.Key)).ToHashSet(StringComparer.Ordinal)
        .SetEquals(Proposal.Select(pass => KeyOf(pass.Pass.Key)));

    private static string KeyOf(IEnumerable<string> key) => string.Join('+', key.Order(StringComparer.Ordinal));
}
