using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Core.Tests.Support;

/// <summary>Models made by hand.</summary>
internal static class TestModels
{
    /// <summary>Two comparisons of three levels; one kind of non-matches.</summary>
    public static FellegiSunterModel OneKind { get; } = Make(
        0.1,
        [[0.05, 0.15, 0.8], [0.2, 0.3, 0.5]],
        (1.0, [[0.9, 0.08, 0.02], [0.6, 0.3, 0.1]]));

    /// <summary>The same matches; two kinds of non-matches.</summary>
    public static FellegiSunterModel TwoKinds { get; } = Make(
        0.1,
        [[0.05, 0.15, 0.8], [0.2, 0.3, 0.5]],
        (0.75, [[0.9, 0.08, 0.02], [0.6, 0.3, 0.1]]),
        (0.25, [[0.02, 0.08, 0.9], [0.7, 0.2, 0.1]]));

    /// <summary>One comparison of ten levels; level i has the weight i − 5 bits, the prior is one half.</summary>
    public static FellegiSunterModel Ladder { get; } = MakeLadder(Math.Pow(2, -20), 1);

    /// <summary>One comparison of ten levels, whose weights are <paramref name="step"/> bits apart.</summary>
    public static FellegiSunterModel MakeLadder(double least, double step)
    {
        const int Levels = 10;
        const int Zero = 5;
        double[] u = [.. Enumerable.Range(0, Levels).Select(level => least * Math.Pow(2, -step * level))];
        double[] m = [.. u.Select((share, level) => share * Math.Pow(2, step * (level - Zero)))];
        return Make(0.5, [m], (1.0, [u]));
    }

    /// <summary>A model for a schema: nine matches in ten agree best, nine non-matches in ten worst.</summary>
    public static FellegiSunterModel For(LinkageSchema schema)
    {
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(schema);
        double[][] m = [.. comparisons.Select(comparison => Shares(comparison.LevelCount, ^1))];
        double[][] u = [.. comparisons.Select(comparison => Shares(comparison.LevelCount, 0))];
        FellegiSunterModel model = Make(0.1, m, (1.0, u));
        return model with
        {
            LinkageFingerprint = schema.LinkageFingerprint,
            Comparisons = [.. model.Comparisons.Select((part, c) => part with { Name = comparisons[c].Name })],
        };
    }

    private static double[] Shares(int levels, Index most)
    {
        double[] shares = new double[levels];
        Array.Fill(shares, 0.1 / (levels - 1));
        shares[most] = 0.9;
        return shares;
    }

    private static FellegiSunterModel Make(
        double prior, double[][] m, params ReadOnlySpan<(double Share, double[][] U)> kinds)
    {
        var nonMatches = new NonMatchKind[kinds.Length];
        for (int k = 0; k < nonMatches.Length; k++)
        {
            nonMatches[k] = new NonMatchKind($"p{k}", kinds[k].Share, kinds[k].U);
        }

        return new FellegiSunterModel
        {
            LinkageFingerprint = "test",
            PriorMatchProbability = prior,
            NonMatchKinds = nonMatches,
            Comparisons =
            [
                .. m.Select((levels, c) => new ComparisonModel(
                    $"c{c}",
                    [
                        .. levels.Select((share, level) => new LevelModel(
                            $"level {level}", share, nonMatches[0].UProbabilities[c][level], false)),
                    ])),
            ],
        };
    }
}
