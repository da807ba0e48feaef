namespace Linkage.Core.Evaluation;

/// <summary>Compares a linkage with the truth by pairs: precision, recall and F1, as a whole and in parts.</summary>
/// <remarks>
/// A true pair has equal, known truth. Records of unknown truth make no true pair, so a prediction with one is wrong.
/// With several sources only pairs across sources count, with one source the pairs within it. A predicted pair counts
/// once, whichever way round and however often it is given. No method forms the pairs of a class, so large
/// entities cost no more than their records. Results depend on the arguments alone.
/// </remarks>
public static class PairEvaluator
{
    /// <summary>The quality of the pairs decided to be matches.</summary>
    /// <param name="records">The records and their truth.</param>
    /// <param name="pairs">Pairs in any order; those that are no match do not count.</param>
    /// <returns>Counts and figures over all records.</returns>
    /// <exception cref="ArgumentException">A pair is not of two known records; the row is named.</exception>
    public static LinkageQuality Evaluate(EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(records);
        long predicted = 0;
        long correct = 0;
        foreach (PredictedPair pair in UniquePairs.Of(records, pairs))
        {
            predicted += pair.IsMatch ? 1 : 0;
            correct += pair.IsMatch && records.AreSame(pair.Left, pair.Right) ? 1 : 0;
        }

        return new LinkageQuality(CountTrue(records).Total, predicted, correct);
    }

    /// <summary>The quality of entities: all pairs of records in one entity are predicted.</summary>
    /// <param name="records">The records and their truth.</param>
    /// <param name="entities">Per record the number of its entity; −1 for a record in none.</param>
    /// <returns>Counts and figures over all records.</returns>
    /// <exception cref="ArgumentException">There is not one number of at least −1 per record.</exception>
    public static LinkageQuality EvaluateEntities(EvaluationRecords records, ReadOnlySpan<int> entities)
    {
        ArgumentNullException.ThrowIfNull(records);
        ThrowIfInvalid(records, entities);
        return new LinkageQuality(
            CountTrue(records).Total, CountPredicted(records, entities).Total, CountCorrect(records, entities).Total);
    }

    /// <summary>The quality at every threshold: what if all pairs of a weight and above were matches?</summary>
    /// <remarks>
    /// Decisions are ignored, so the curve shows the scores before any one-to-one assignment. Recall never falls from
    /// one point to the next. Points beyond 200 are thinned along the curve; the ends and the best F1 stay.
    /// </remarks>
    /// <param name="records">The records and their truth.</param>
    /// <param name="pairs">Scored pairs in any order.</param>
    /// <returns>One point per distinct weight, heaviest first; empty without pairs that count.</returns>
    /// <exception cref="ArgumentException">A pair is not of two known records, or its weight is NaN.</exception>
    public static IReadOnlyList<QualityPoint> EvaluateCurve(
        EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(records);
        return QualityCurve.Sweep(records, UniquePairs.Of(records, pairs), CountTrue(records).Total);
    }

    /// <summary>The quality of the pairs decided to be matches, by group of their records.</summary>
    /// <param name="records">The records, their truth and their groups.</param>
    /// <param name="pairs">Pairs in any order; those that are no match do not count.</param>
    /// <returns>One entry per group, ordinally sorted; empty if the records have no groups.</returns>
    /// <exception cref="ArgumentException">A pair is not of two known records; the row is named.</exception>
    public static IReadOnlyList<GroupQuality> EvaluateByGroup(
        EvaluationRecords records, ReadOnlySpan<PredictedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(records);
        long[] predicted = new long[Math.Max(1, records.GroupNames.Length)];
        long[] correct = new long[predicted.Length];
        foreach (PredictedPair pair in UniquePairs.Of(records, pairs))
        {
            if (!pair.IsMatch)
            {
                continue;
            }

            int left = records.Group(pair.Left);
            int right = records.Group(pair.Right);
            int gain = records.AreSame(pair.Left, pair.Right) ? 1 : 0;
            predicted[left]++;
            correct[left] += gain;
            if (left != right)
            {
                predicted[right]++;
                correct[right] += gain;
            }
        }

        return ByGroup(records, CountTrue(records).ByGroup, predicted, correct);
    }

    /// <summary>The quality of entities, by group of their records.</summary>
    /// <param name="records">The records, their truth and their groups.</param>
    /// <param name="entities">Per record the number of its entity; −1 for a record in none.</param>
    /// <returns>One entry per group, ordinally sorted; empty if the records have no groups.</returns>
    /// <exception cref="ArgumentException">There is not one number of at least −1 per record.</exception>
    public static IReadOnlyList<GroupQuality> EvaluateEntitiesByGroup(
        EvaluationRecords records, ReadOnlySpan<int> entities)
    {
        ArgumentNullException.ThrowIfNull(records);
        ThrowIfInvalid(records, entities);
        return ByGroup(
            records,
            CountTrue(records).ByGroup,
            CountPredicted(records, entities).ByGroup,
            CountCorrect(records, entities).ByGroup);
    }

    /// <summary>The true pairs, as a whole and by group.</summary>
    internal static ClassPairs CountTrue(EvaluationRecords records)
    {
        long[] classes = new long[records.Count];
        for (int record = 0; record < classes.Length; record++)
        {
            int truth = records.Truth(record);
            classes[record] = truth < 0 ? ClassPairs.NoClass : truth;
        }

        return ClassPairs.Count(records, classes);
    }

    private static ClassPairs CountPredicted(EvaluationRecords records, ReadOnlySpan<int> entities)
    {
        long[] classes = new long[records.Count];
        for (int record = 0; record < classes.Length; record++)
        {
            classes[record] = entities[record] < 0 ? ClassPairs.NoClass : entities[record];
        }

        return ClassPairs.Count(records, classes);
    }

    /// <summary>A pair is correct if it shares entity and truth, so both together make its class.</summary>
    private static ClassPairs CountCorrect(EvaluationRecords records, ReadOnlySpan<int> entities)
    {
        long[] classes = new long[records.Count];
        for (int record = 0; record < classes.Length; record++)
        {
            int truth = records.Truth(record);
            bool isNone = truth < 0 || entities[record] < 0;
            classes[record] = isNone ? ClassPairs.NoClass : ((long)entities[record] << 32) | (uint)truth;
        }

        return ClassPairs.Count(records, classes);
    }

    private static GroupQuality[] ByGroup(
        EvaluationRecords records,
        ReadOnlySpan<long> truePairs,
        ReadOnlySpan<long> predicted,
        ReadOnlySpan<long> correct)
    {
        GroupQuality[] groups = new GroupQuality[records.GroupNames.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            LinkageQuality quality = new(truePairs[i], predicted[i], correct[i]);
            groups[i] = new GroupQuality(records.GroupNames[i], quality);
        }

        return groups;
    }

    private static void ThrowIfInvalid(EvaluationRecords records, ReadOnlySpan<int> entities)
    {
        if (entities.Length != records.Count)
        {
            throw new ArgumentException("There must be one entity per record.", nameof(entities));
        }

        if (entities.ContainsAnyInRange(int.MinValue, -2))
        {
            throw new ArgumentException("An entity number is below -1.", nameof(entities));
        }
    }
}
