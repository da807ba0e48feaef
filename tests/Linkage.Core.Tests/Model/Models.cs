using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Model;

namespace Linkage.Core.Tests.Model;

/// <summary>Makes models for tests.</summary>
internal static class Models
{
    private const int Largest = 1_000_000;

    /// <summary>Any sound model.</summary>
    public static Arbitrary<FellegiSunterModel> Any => (
        from count in Gen.Choose(1, 16)
        from levels in Gen.Choose(2, 10).ArrayOf(count)
        from parts in Gen.Choose(1, Largest).ArrayOf(levels.Sum() * 2)
        from disordered in Gen.Choose(0, 1).ArrayOf(levels.Sum())
        from prior in Gen.Choose(1, Largest - 1)
        from text in ArbMap.Default.GeneratorFor<NonEmptyString>()
        select Build(levels, parts, disordered, prior / (double)Largest, Clean(text.Get))).ToArbitrary();

    /// <summary>One comparison of two levels.</summary>
    public static FellegiSunterModel Smallest => Build([2], [1, 3, 7, 1], [0, 1], 0.1, "level");

    /// <summary>True when both say the same in every figure and word.</summary>
    public static bool AreSame(FellegiSunterModel one, FellegiSunterModel other) =>
        one.LinkageFingerprint == other.LinkageFingerprint
        && one.PriorMatchProbability.Equals(other.PriorMatchProbability)
        && one.Comparisons.Count == other.Comparisons.Count
        && one.Comparisons.Zip(other.Comparisons).All(pair =>
            pair.First.Name == pair.Second.Name
            && pair.First.Fixed == pair.Second.Fixed
            && pair.First.Note == pair.Second.Note
            && pair.First.Levels.SequenceEqual(pair.Second.Levels))
        && one.Note == other.Note
        && one.NonMatchKinds.Count == other.NonMatchKinds.Count
        && one.NonMatchKinds.Zip(other.NonMatchKinds).All(pair =>
            pair.First.Pass == pair.Second.Pass
            && pair.First.Share.Equals(pair.Second.Share)
            && pair.First.UProbabilities.Zip(pair.Second.UProbabilities).All(u => u.First.SequenceEqual(u.Second)));

    private static FellegiSunterModel Build(int[] levels, int[] parts, int[] disordered, double prior, string text)
    {
        var comparisons = new ComparisonModel[levels.Length];
        int at = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            double m = parts.Skip(2 * at).Take(levels[i]).Sum();
            double u = parts.Skip((2 * at) + levels[i]).Take(levels[i]).Sum();
            int first = at;
            int count = levels[i];
            comparisons[i] = new ComparisonModel(
                $"{text}{i}",
                [
                    .. Enumerable.Range(0, count).Select(level => new LevelModel(
                        $"{text} ≥ {level}",
                        parts[(2 * first) + level] / m,
                        parts[(2 * first) + count + level] / u,
                        disordered[first + level] == 1)),
                ])
            {
                Fixed = (FixedProbabilities)(disordered[first] + (2 * disordered[first + 1])),
                Note = disordered[first] == 1 ? text : null,
            };
            at += count;
        }

        return new FellegiSunterModel
        {
            LinkageFingerprint = new string('a', 64),
            PriorMatchProbability = prior,
            Comparisons = comparisons,
            NonMatchKinds =
            [
                new NonMatchKind(
                    $"{text} one",
                    prior,
                    [.. comparisons.Select(c => c.Levels.Select(level => level.UProbability).ToArray())]),
                new NonMatchKind(
                    $"{text} two",
                    1 - prior,
                    [.. comparisons.Select(c => c.Levels.Select(level => level.MProbability).ToArray())]),
            ],
        };
    }

    // A lone surrogate is no text and has no UTF-8 form to come back from.
    private static string Clean(string text) => new([.. text.Select(c => char.IsSurrogate(c) ? 'x' : c).Take(200)]);
}
