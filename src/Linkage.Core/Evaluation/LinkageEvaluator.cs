namespace Linkage.Core.Evaluation;

/// <summary>Compares a linkage with the truth: figures with intervals, curves, calibration, errors, groups.</summary>
/// <remarks>
/// What counts as a pair is as <see cref="PairEvaluator"/> says. Intervals are 95 %: persons with all their pairs are
/// drawn again 200 times (Poisson bootstrap, fixed seed) and an end that Wilson's interval by counts puts further out
/// holds. Groups are compared with the best of them. Results depend on the arguments alone.
/// </remarks>
public static class LinkageEvaluator
{
    /// <summary>Evaluates pairs.</summary>
    /// <param name="records">The records, their truth and their groups.</param>
    /// <param name="pairs">Listed pairs in any order; those decided to be matches are the predicted ones.</param>
    /// <param name="facts">What is known of the run; null for nothing.</param>
    /// <returns>All figures.</returns>
    /// <exception cref="ArgumentException">A pair or the reach of records is unusable; the row is named.</exception>
    public static LinkageEvaluation EvaluatePairs(
        EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs, EvaluationFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        EvaluationFacts known = Check(records, facts);
        ReadOnlySpan<PredictedPair> unique = UniquePairs.Of(records, pairs);
        TruthUnits units = new(records);
        LinkageQuality quality = PairEvaluator.Evaluate(records, unique);
        (BootstrapTally listed, BootstrapTally found, LinkageQuality listedQuality) =
            TallyListed(records, units, unique);
        BootstrapDraws[] draws =
            BootstrapDraws.Of(units.Count, [.. PairTallies.Of(records, units, unique), listed, found]);
        (SubgroupQuality total, SubgroupQuality[] groups) = Estimate(
            records, known, quality, PairEvaluator.EvaluateByGroup(records, unique), draws);
        LinkageQuality foundQuality = new(listedQuality.CorrectPairs, quality.CorrectPairs, quality.CorrectPairs);
        (RocPoint[] roc, double? area) = RocSweep.Of(records, unique);
        double?[] expected = ExpectedErrors.Of(records, unique);
        return new LinkageEvaluation
        {
            Total = total with { ExpectedErrorShare = expected[0] },
            Groups = [.. groups.Select((group, at) => group with { ExpectedErrorShare = expected[1 + at] })],
            Facts = known,
            Curve = QualityCurve.Sweep(records, unique, quality.TruePairs),
            Roc = roc,
            RocArea = area,
            Calibration = CalibrationBins.Of(records, unique),
            Patterns = PatternTally.Of(records, unique),
            Listed = new ListedPairs(
                unique.Length,
                listedQuality.CorrectPairs,
                QualityIntervals.Recall(listedQuality, draws[^2]),
                QualityIntervals.Recall(foundQuality, draws[^1])),
        };
    }

    /// <summary>Evaluates entities: all pairs of records in one entity are predicted.</summary>
    /// <param name="records">The records, their truth and their groups.</param>
    /// <param name="entities">Per record the number of its entity; −1 for a record in none.</param>
    /// <param name="facts">What is known of the run; null for nothing.</param>
    /// <returns>All figures that need no weights.</returns>
    /// <exception cref="ArgumentException">
    /// There is not one number of at least −1 per record, or the reach of records is unusable.
    /// </exception>
    public static LinkageEvaluation EvaluateEntities(
        EvaluationRecords records, ReadOnlySpan<int> entities, EvaluationFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        EvaluationFacts known = Check(records, facts);
        LinkageQuality quality = PairEvaluator.EvaluateEntities(records, entities);
        TruthUnits units = new(records);
        (SubgroupQuality total, SubgroupQuality[] groups) = Estimate(
            records,
            known,
            quality,
            PairEvaluator.EvaluateEntitiesByGroup(records, entities),
            BootstrapDraws.Of(units.Count, EntityTallies.Of(records, units, entities)));
        return new LinkageEvaluation
        {
            Total = total,
            Groups = groups,
            Facts = known,
            BCubed = BCubed.Of(records, units, entities),
        };
    }

    private static EvaluationFacts Check(EvaluationRecords records, EvaluationFacts? facts)
    {
        EvaluationFacts known = facts ?? new EvaluationFacts();
        if (!(known.MatchThreshold >= 0 && known.MatchThreshold <= 1))
        {
            throw new ArgumentException("The match threshold is not between 0 and 1.", nameof(facts));
        }

        if (known.Reach is { } reach && reach.Count != records.Count)
        {
            throw new ArgumentException("There must be one reach per record.", nameof(facts));
        }

        return known;
    }

    /// <summary>Tallies of which true pairs are listed, and of which listed true pairs were predicted.</summary>
    private static (BootstrapTally Listed, BootstrapTally Found, LinkageQuality ListedQuality) TallyListed(
        EvaluationRecords records, TruthUnits units, ReadOnlySpan<PredictedPair> unique)
    {
        BootstrapTally listed = PairTallies.TruthOf(records, units);
        BootstrapTally found = new();
        long truePairs = 0;
        foreach (PredictedPair pair in unique)
        {
            if (!records.AreSame(pair.Left, pair.Right))
            {
                continue;
            }

            int unit = units[pair.Left];
            truePairs++;
            listed.AddCorrect(unit, 1);
            found.AddTrue(unit, 1);
            if (pair.IsMatch)
            {
                found.AddCorrect(unit, 1);
            }
        }

        long all = PairEvaluator.CountTrue(records).Total;
        return (listed, found, new LinkageQuality(all, truePairs, truePairs));
    }

    private static (SubgroupQuality Total, SubgroupQuality[] Groups) Estimate(
        EvaluationRecords records,
        EvaluationFacts facts,
        LinkageQuality quality,
        IReadOnlyList<GroupQuality> byGroup,
        BootstrapDraws[] draws)
    {
        ReachShares reach = new(records, facts);
        SubgroupQuality total = QualityIntervals.Of("", quality, draws[0], reach, 0);
        SubgroupQuality[] groups = new SubgroupQuality[byGroup.Count];
        for (int at = 0; at < groups.Length; at++)
        {
            groups[at] = QualityIntervals.Of(byGroup[at].Group, byGroup[at].Quality, draws[1 + at], reach, 1 + at);
        }

        IReadOnlyList<SubgroupGap>[] gaps = new SubgroupGaps(groups, draws[1..], reach).Find();
        return (total, [.. groups.Select((group, at) => group with { Gaps = gaps[at] })]);
    }
}
