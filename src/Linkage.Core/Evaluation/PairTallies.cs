namespace Linkage.Core.Evaluation;

/// <summary>Sorts predicted pairs by the persons whose drawing decides how often a pair counts.</summary>
/// <remarks>
/// A true pair is of one person and is drawn with it. A wrong pair is of two. With the product of both weights a pair
/// that shares its persons with no other has a variance of 3 instead of 1, with their mean one of 1/2; with one end's
/// weight it has 1, as counts of rare independent errors do. So an end counts only if it is in wrong pairs with
/// several persons: none, then the first end's weight holds; one, then its weight, and all errors around it come and
/// go together; both, then the product, which is right for many such pairs and never too narrow (Owen 2007, The
/// pigeonhole bootstrap, Annals of Applied Statistics 1; for the variance of pairs that share an end: Aronow, Samii
/// and Assenova 2015, Political Analysis 23).
/// </remarks>
internal static class PairTallies
{
    /// <summary>One tally for all pairs, then one for each group.</summary>
    internal static BootstrapTally[] Of(
        EvaluationRecords records, TruthUnits units, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        BootstrapTally[] tallies = WithTruth(records, units);
        HashSet<int> busy = FindBusy(records, units, uniquePairs);
        foreach (PredictedPair pair in uniquePairs)
        {
            if (!pair.IsMatch)
            {
                continue;
            }

            int unit = units[pair.Left];
            int other = units[pair.Right];
            bool isTrue = records.AreSame(pair.Left, pair.Right);
            Add(tallies[0]);
            if (tallies.Length > 1)
            {
                int group = records.Group(pair.Left);
                int otherGroup = records.Group(pair.Right);
                Add(tallies[1 + group]);
                if (otherGroup != group)
                {
                    Add(tallies[1 + otherGroup]);
                }
            }

            void Add(BootstrapTally tally)
            {
                if (isTrue)
                {
                    tally.AddCorrect(unit, 1);
                }
                else
                {
                    AddWrong(tally, busy, unit, other);
                }
            }
        }

        return tallies;
    }

    /// <summary>Tallies that hold the true pairs and no predicted ones yet.</summary>
    internal static BootstrapTally[] WithTruth(EvaluationRecords records, TruthUnits units)
    {
        BootstrapTally[] tallies = new BootstrapTally[1 + records.GroupNames.Length];
        for (int i = 0; i < tallies.Length; i++)
        {
            tallies[i] = new BootstrapTally();
        }

        long[] classes = new long[records.Count];
        for (int record = 0; record < classes.Length; record++)
        {
            classes[record] = units[record];
        }

        // A record of unknown truth is alone in its class, which makes no pair.
        ClassPairs.Count(records, classes, (unit, group, pairs) => tallies[1 + group].AddTrue((int)unit, pairs));
        return tallies;
    }

    /// <summary>A tally that holds the true pairs of all records.</summary>
    internal static BootstrapTally TruthOf(EvaluationRecords records, TruthUnits units) =>
        WithTruth(records, units)[0];

    private static void AddWrong(BootstrapTally tally, HashSet<int> busy, int unit, int other)
    {
        bool isBusy = busy.Contains(unit);
        bool isOtherBusy = busy.Contains(other);
        if (isBusy && isOtherBusy)
        {
            tally.AddWrong(unit, other, 1);
        }
        else
        {
            tally.AddWrong(isOtherBusy ? other : unit, 1);
        }
    }

    private static HashSet<int> FindBusy(
        EvaluationRecords records, TruthUnits units, ReadOnlySpan<PredictedPair> uniquePairs)
    {
        Dictionary<int, int> partners = [];
        HashSet<int> busy = [];
        foreach (PredictedPair pair in uniquePairs)
        {
            if (pair.IsMatch && !records.AreSame(pair.Left, pair.Right))
            {
                Meet(units[pair.Left], units[pair.Right]);
                Meet(units[pair.Right], units[pair.Left]);
            }
        }

        return busy;

        void Meet(int unit, int partner)
        {
            if (!partners.TryAdd(unit, partner) && partners[unit] != partner)
            {
                busy.Add(unit);
            }
        }
    }
}
