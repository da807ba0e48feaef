namespace Linkage.Core.Evaluation;

/// <summary>Sorts the pairs within entities by the persons whose drawing decides how often a pair counts.</summary>
/// <remarks>
/// All wrong pairs of one entity are one mistake: somebody was put where others are. They are drawn together, with the
/// person who has most records in the entity; errors of one person in several entities so stay together too. That
/// costs no more than the records, however many pairs an entity has.
/// </remarks>
internal static class EntityTallies
{
    /// <summary>One tally for all pairs, then one for each group.</summary>
    internal static BootstrapTally[] Of(EvaluationRecords records, TruthUnits units, ReadOnlySpan<int> entities)
    {
        BootstrapTally[] tallies = PairTallies.WithTruth(records, units);
        long[] whole = new long[records.Count];
        long[] parts = new long[records.Count];
        for (int record = 0; record < whole.Length; record++)
        {
            bool isNone = entities[record] < 0;
            whole[record] = isNone ? ClassPairs.NoClass : entities[record];
            parts[record] = isNone ? ClassPairs.NoClass : Key(entities[record], units[record]);
        }

        Dictionary<(int Entity, int Group), long> wrong = [];
        ClassPairs.Count(records, whole, (entity, group, pairs) => wrong[((int)entity, group)] = pairs);
        ClassPairs.Count(records, parts, (part, group, pairs) =>
        {
            tallies[1 + group].AddCorrect((int)(uint)part, pairs);
            wrong[((int)(part >> 32), group)] -= pairs;
        });
        Dictionary<int, int> owners = FindOwners(parts);
        foreach (((int entity, int group), long pairs) in wrong)
        {
            if (pairs > 0)
            {
                tallies[1 + group].AddWrong(owners[entity], pairs);
            }
        }

        return tallies;
    }

    /// <summary>An entity and a person in one number, which sorts by entity first.</summary>
    internal static long Key(int entity, int unit) => ((long)entity << 32) | (uint)unit;

    /// <summary>Of every entity the person with most records in it, of several the first.</summary>
    private static Dictionary<int, int> FindOwners(ReadOnlySpan<long> parts)
    {
        long[] sorted = parts.ToArray();
        Array.Sort(sorted);
        Dictionary<int, int> owners = [];
        Dictionary<int, int> most = [];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            int entity = (int)(sorted[start] >> 32);
            if (sorted[start] != ClassPairs.NoClass && end - start > most.GetValueOrDefault(entity))
            {
                most[entity] = end - start;
                owners[entity] = (int)(uint)sorted[start];
            }
        }

        return owners;
    }
}
