using Linkage.Core.Estimation;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>Counts the errors that a promise of one record per person proves.</summary>
internal static class ContradictionCounter
{
    /// <summary>From here on a pair counts as sure for the verdict.</summary>
    internal const double Sure = 0.99;

    private const double Chance = 0.001;

    /// <summary>Checks the surest pairs.</summary>
    /// <param name="candidates">The pairs.</param>
    /// <param name="parties">The party of every record.</param>
    /// <param name="duplicatesFree">For every party whether it lists a person once at most.</param>
    /// <param name="probabilities">Match probability of every pattern alone.</param>
    /// <param name="sure">The probability from which a pair counts.</param>
    /// <returns>Null where no party promises anything.</returns>
    public static CalibrationCheck? Check(
        CandidatePairs candidates,
        int[] parties,
        bool[] duplicatesFree,
        double[] probabilities,
        double sure = Sure)
    {
        if (!duplicatesFree.Contains(true))
        {
            return null;
        }

        var ofLeft = new PartnerSums(parties.Length);
        var ofRight = new PartnerSums(parties.Length);
        long pairs = 0;
        double expected = 0;
        for (int i = 0; i < candidates.Count; i++)
        {
            (int left, int right) = (candidates.Left[i], candidates.Right[i]);
            double probability = probabilities[candidates.Pattern[i]];
            bool isPromised = duplicatesFree[parties[left]] || duplicatesFree[parties[right]];
            if (probability < sure || parties[left] == parties[right] || !isPromised)
            {
                continue;
            }

            pairs++;
            expected += 1 - probability;
            if (duplicatesFree[parties[right]])
            {
                ofLeft.Add(left, parties[right], 1);
            }

            if (duplicatesFree[parties[left]])
            {
                ofRight.Add(right, parties[left], 1);
            }
        }

        // One wrong pair may contradict others at both its ends, so the two counts must not be added.
        long proven = (long)Math.Max(ofLeft.Excess(), ofRight.Excess());
        return new CalibrationCheck(pairs, expected, proven, IsBeyondChance(proven, expected));
    }

    /// <summary>Whether a Poisson number of the given mean is so large with a chance under one in a thousand.</summary>
    /// <remarks>
    /// Chernoff's bound e^(k − mean) (mean / k)^k for k over the mean: M. Mitzenmacher and E. Upfal, Probability and
    /// Computing, Cambridge 2005, theorem 5.4.
    /// </remarks>
    internal static bool IsBeyondChance(long count, double mean) =>
        count > mean && (mean <= 0 || count - mean + (count * Math.Log(mean / count)) < Math.Log(Chance));
}
