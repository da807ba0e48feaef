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

    /// <summary>
    /// Share of expected matches beyond one for a record and another party that is free of duplicates; every pair is
    /// looked at from both its records, so the order of the files does not matter.
    /// </summary>
    /// <param name="probabilities">Match probability of every pattern.</param>
    /// <returns>0 to 1; 0 where no party is free of duplicates.</returns>
    public double ExcessMatches(double[] probabilities)
    {
        var ofLeft = new PartnerSums(_parties.Length);
        var ofRight = new PartnerSums(_parties.Length);
        for (int i = 0; i < _candidates.Count; i++)
        {
            int left = _candidates.Left[i];
            int right = _candidates.Right[i];
            if (_parties[left] == _parties[right])
            {
                continue;
            }

            double probability = probabilities[_candidates.Pattern[i]];
            if (_duplicatesFree[_parties[right]])
            {
                ofLeft.Add(left, _parties[right], probability);
            }

            if (_duplicatesFree[_parties[left]])
            {
                ofRight.Add(right, _parties[left], probability);
            }
        }

        double total = ofLeft.Total + ofRight.Total;
        return total > 0 ? (ofLeft.Excess() + ofRight.Excess()) / total : 0;
    }

    /// <summary>
    /// The greatest share of matches there can be among the candidates: every two parties have at most as many as the
    /// smaller has records.
    /// </summary>
    /// <returns>Over 0 and at most 1; 1 where a party may have duplicates.</returns>
    public double MostMatches()
    {
        if (_candidates.Count == 0 || _duplicatesFree.Any(free => !free))
        {
            return 1;
        }

        long[] sizes = new long[_duplicatesFree.Length];
        foreach (int party in _parties)
        {
            sizes[party]++;
        }

        long most = 0;
        for (int one = 0; one < sizes.Length; one++)
        {
            for (int other = one + 1; other < sizes.Length; other++)
            {
                most += Math.Min(sizes[one], sizes[other]);
            }
        }

        return Math.Min(1, (double)most / _candidates.Count);
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
