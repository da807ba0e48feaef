using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Core.Scoring;

/// <summary>
/// Match probabilities that know of a record's other candidates: in a file that lists everybody once, a record is one
/// person with one of them or with nobody.
/// </summary>
/// <remarks>
/// <para>
/// The candidate pairs of two parties are the edges of a graph, and a matching is as probable as the product of
/// s × posterior odds of its pairs (<see cref="MatchingMarginals"/>). A record whose partners may be one person several
/// times has no competition on its side. Where pairs beyond doubt show that a file does list some persons twice, a
/// second partner is not forbidden but as rare as they show.
/// </para>
/// <para>
/// The model is estimated so that the pairs of one pattern match as often as it says, those included that lose to a
/// better partner. Competition alone would count these losses twice, so the scale s lifts all odds until the expected
/// matches are as many as before: what losers lose goes to those without rivals. There is one s, as there is one prior
/// that it corrects; and not over four, since where more is missing the model is wrong and not the scale.
/// </para>
/// </remarks>
internal static class OneToOnePosterior
{
    /// <summary>The greatest scale: 2 bits are four times the odds.</summary>
    internal const double MostScaleBits = 2;

    // Of ten thousand such pairs one is wrong; if more contradict each other, the promise is broken.
    private const double BeyondDoubt = 0.9999;

    // A match in a thousand million, up or down, moves no decision.
    private const double TargetTolerance = 1e-9;

    private const int MostSearches = 20;

    /// <summary>Computes the probability of every candidate pair.</summary>
    /// <returns>Those by the pattern alone where no party is free of duplicates or records may have several.</returns>
    public static PairProbabilities Solve(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        PatternScores scores,
        DecidedLinks decided,
        CancellationToken cancellationToken)
    {
        if (plan.Options.OneToOne == OneToOneMode.Off || !plan.DuplicatesFree.Contains(true))
        {
            return PairProbabilities.Alone(candidates, scores);
        }

        int[] parties = space.Parties();
        var partners = new DecidedPartners(plan, space, decided);

        // A pair that a person settled, or that such a pair rules out, competes with none.
        var competing = new CompetingPairs(
            candidates,
            parties,
            plan.DuplicatesFree,
            scores,
            i => partners.Of(candidates.Left[i], candidates.Right[i]) == Verdict.Open);
        double breach = EstimateBreach(candidates, parties, plan.DuplicatesFree, scores.Probabilities);
        MatchingMarginals graph = competing.ToGraph(breach);
        double scaleBits = FindScale(graph, competing.ExpectedMatches, cancellationToken);
        return competing.Read(graph, scaleBits);
    }

    /// <summary>How often a file lists a person twice although it should not.</summary>
    /// <returns>The share of partners beyond the first among pairs beyond doubt, over what chance explains.</returns>
    private static double EstimateBreach(
        CandidatePairs candidates, int[] parties, bool[] duplicatesFree, double[] probabilities)
    {
        CalibrationCheck? check = ContradictionCounter.Check(
            candidates, parties, duplicatesFree, probabilities, BeyondDoubt);
        return check is { SurePairs: > 0 }
            ? Math.Max(0, check.ProvenErrors - check.ExpectedErrors) / check.SurePairs
            : 0;
    }

    /// <summary>Finds the scale under which the expected matches are as many as they should be.</summary>
    /// <remarks>
    /// False position in the Illinois variant: M. Dowell and P. Jarratt, "A modified regula falsi method for computing
    /// the root of an equation", BIT 11 (1971), 168–174. Every look costs a solution of the graph.
    /// </remarks>
    /// <returns>Bits; the graph was solved with them last.</returns>
    internal static double FindScale(MatchingMarginals graph, double target, CancellationToken cancellationToken)
    {
        // The expected size of a matching grows with the scale: its slope is the variance of the size.
        double slack = TargetTolerance * target;
        double atLow = graph.Solve(0) - target;
        if (atLow >= -slack)
        {
            return 0;
        }

        double atHigh = graph.Solve(MostScaleBits) - target;
        if (atHigh <= slack)
        {
            return MostScaleBits;
        }

        (double low, double high) = (0, MostScaleBits);
        int moved = 0;
        for (int search = 1; ; search++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double scale = low - (atLow * (high - low) / (atHigh - atLow));
            double at = graph.Solve(scale) - target;
            if (Math.Abs(at) <= slack || search == MostSearches)
            {
                return scale;
            }

            // An end that stays twice counts half from then on, or it would stay for ever.
            if (at < 0)
            {
                atHigh = moved < 0 ? atHigh / 2 : atHigh;
                (low, atLow, moved) = (scale, at, -1);
            }
            else
            {
                atLow = moved > 0 ? atLow / 2 : atLow;
                (high, atHigh, moved) = (scale, at, 1);
            }
        }
    }
}
