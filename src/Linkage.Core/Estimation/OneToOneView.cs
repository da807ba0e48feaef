using Linkage.Core.Merging;

namespace Linkage.Core.Estimation;

/// <summary>What the promise "one record a person in this file" says about a set of candidate pairs.</summary>
internal sealed class OneToOneView
{
    private readonly CandidatePairs _candidates;
    private readonly int[] _parties;
    private readonly bool[] _duplicatesFree;

    public OneToOneView(CandidatePairs candidates, int[] parties, bool[] duplicatesFree)
    {
        _candidates = candidates;
        _parties = parties;
        _duplicatesFree = duplicatesFree;
    }

    /// <summary>Share of expected matches beyond one for a record and another party that is free of duplicates.</summary>
    /// <param name="probabilities">Match probability of every pattern.</param>
    /// <returns>0 to 1; 0 where no party is free of duplicates.</returns>
    public double ExcessMatches(double[] probabilities)
    {
        double total = 0;
        double excess = 0;
        double sum = 0;
        for (int i = 0; i < _candidates.Count; i++)
        {
            bool begins = i == 0 || _candidates.Left[i] != _candidates.Left[i - 1]
                || _parties[_candidates.Right[i]] != _parties[_candidates.Right[i - 1]];
            if (begins)
            {
                excess += Math.Max(0, sum - 1);
                sum = 0;
            }

            int rightParty = _parties[_candidates.Right[i]];
            if (_duplicatesFree[rightParty] && rightParty != _parties[_candidates.Left[i]])
            {
                sum += probabilities[_candidates.Pattern[i]];
                total += probabilities[_candidates.Pattern[i]];
            }
        }

        excess += Math.Max(0, sum - 1);
        return total > 0 ? excess / total : 0;
    }

    /// <summary>For every pattern the share of its pairs in which each record is the other's best candidate.</summary>
    /// <param name="scores">Score of every pattern; equal scores share the first place.</param>
    /// <returns>0 to 1 for every pattern.</returns>
    public double[] MutualBestShares(double[] scores)
    {
        double[] best = new double[_parties.Length];
        for (int i = 0; i < _candidates.Count; i++)
        {
            double score = scores[_candidates.Pattern[i]];
            best[_candidates.Left[i]] = Math.Max(best[_candidates.Left[i]], score);
            best[_candidates.Right[i]] = Math.Max(best[_candidates.Right[i]], score);
        }

        const double Likely = 0.5;
        double[] shares = new double[scores.Length];
        for (int i = 0; i < _candidates.Count; i++)
        {
            double score = scores[_candidates.Pattern[i]];
            if (score >= Likely && score >= best[_candidates.Left[i]] && score >= best[_candidates.Right[i]])
            {
                shares[_candidates.Pattern[i]]++;
            }
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= _candidates.Patterns[i].Count;
        }

        return shares;
    }
}
