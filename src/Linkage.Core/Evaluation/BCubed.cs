namespace Linkage.Core.Evaluation;

/// <summary>Counts B-cubed figures and draws their intervals.</summary>
internal static class BCubed
{
    private readonly record struct Sums(double Precision, double Recall, double Records)
    {
        internal double F1 => 2 * Precision * Recall / (Precision + Recall);
    }

    /// <summary>The figures of entities; a record in no entity is alone.</summary>
    internal static BCubedQuality Of(EvaluationRecords records, TruthUnits units, ReadOnlySpan<int> entities)
    {
        if (records.Count == 0)
        {
            IntervalEstimate perfect = new(1, 0, 1);
            return new BCubedQuality(perfect, perfect, perfect);
        }

        Sums[] sums = SumByUnit(records.Count, units, entities);
        double[] precision = new double[BootstrapWeights.Draws];
        double[] recall = new double[BootstrapWeights.Draws];
        double[] f1 = new double[BootstrapWeights.Draws];
        Sums all = Mean(sums, []);
        BootstrapWeights weights = new(units.Count);
        for (int draw = 0; draw < BootstrapWeights.Draws; draw++)
        {
            // A draw without any record tells nothing; it happens with a handful of persons only.
            Sums mean = Mean(sums, weights.Next()) is { Records: > 0 } drawn ? drawn : all;
            (precision[draw], recall[draw], f1[draw]) = (mean.Precision, mean.Recall, mean.F1);
        }

        return new BCubedQuality(
            Estimate(all.Precision, precision), Estimate(all.Recall, recall), Estimate(all.F1, f1));
    }

    private static IntervalEstimate Estimate(double value, double[] drawn)
    {
        (double low, double high) = BootstrapDraws.Middle(drawn);
        return new IntervalEstimate(value, Math.Min(low, value), Math.Max(high, value));
    }

    // A person of n records, k of them in an entity of e records, gives k² / e to precision and k² / n to recall.
    private static Sums[] SumByUnit(int records, TruthUnits units, ReadOnlySpan<int> entities)
    {
        Dictionary<int, int> entitySizes = [];
        Dictionary<long, int> partSizes = [];
        int[] unitSizes = new int[units.Count];
        Sums[] sums = new Sums[units.Count];
        for (int record = 0; record < records; record++)
        {
            int unit = units[record];
            unitSizes[unit]++;
            if (entities[record] >= 0)
            {
                long part = EntityTallies.Key(entities[record], unit);
                entitySizes[entities[record]] = entitySizes.GetValueOrDefault(entities[record]) + 1;
                partSizes[part] = partSizes.GetValueOrDefault(part) + 1;
            }
        }

        for (int record = 0; record < records; record++)
        {
            int unit = units[record];
            int entity = entities[record];
            double part = entity < 0 ? 1 : partSizes[EntityTallies.Key(entity, unit)];
            double size = entity < 0 ? 1 : entitySizes[entity];
            Sums so = sums[unit];
            sums[unit] = new Sums(
                so.Precision + (part / size), so.Recall + (part / unitSizes[unit]), so.Records + 1);
        }

        return sums;
    }

    /// <param name="sums">Per person.</param>
    /// <param name="weights">How often each person is there; empty for once.</param>
    private static Sums Mean(ReadOnlySpan<Sums> sums, ReadOnlySpan<byte> weights)
    {
        double precision = 0;
        double recall = 0;
        double records = 0;
        for (int unit = 0; unit < sums.Length; unit++)
        {
            int weight = weights.IsEmpty ? 1 : weights[unit];
            precision += weight * sums[unit].Precision;
            recall += weight * sums[unit].Recall;
            records += weight * sums[unit].Records;
        }

        return new Sums(precision / records, recall / records, records);
    }
}
