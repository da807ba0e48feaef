using Linkage.Core.Comparisons;

namespace Linkage.Core.Tests.Support;

/// <summary>A known model of three passes and four comparisons, and pairs drawn from it.</summary>
/// <remarks>
/// Pass p brings the pairs whose comparison p is at its best level, 2. A non-match of kind p is at that level for
/// certain; pairs that no pass brings are not drawn. The last comparison tells the classes apart where two passes meet;
/// without it their shares would be known only roughly.
/// </remarks>
/// <param name="Shares">Share of matches, then of each kind.</param>
/// <param name="Levels">[class][comparison][level].</param>
internal sealed record PatternDraws(double[] Shares, double[][][] Levels)
{
    private static readonly double[] Rare = [0.90, 0.07, 0.03];
    private static readonly double[] Certain = [0, 0, 1];

    public static PatternDraws ThreeKinds { get; } = new(
        [0.2, 0.3, 0.4, 0.1],
        [
            [[0.02, 0.03, 0.95], [0.03, 0.07, 0.90], [0.05, 0.05, 0.90], [0.05, 0.05, 0.05, 0.85]],
            [Certain, [0.85, 0.10, 0.05], Rare, [0.85, 0.05, 0.05, 0.05]],
            [Rare, Certain, [0.92, 0.06, 0.02], [0.05, 0.85, 0.05, 0.05]],
            [[0.80, 0.15, 0.05], Rare, Certain, [0.05, 0.05, 0.85, 0.05]],
        ]);

    public static PatternDraws OneKind { get; } = new(
        [0.15, 0.85],
        [
            [[0.02, 0.08, 0.90], [0.05, 0.10, 0.85], [0.10, 0.15, 0.75], [0.03, 0.07, 0.90]],
            [[0.85, 0.10, 0.05], [0.70, 0.20, 0.10], [0.60, 0.25, 0.15], [0.95, 0.04, 0.01]],
        ]);

    /// <summary>Draws pairs and counts them.</summary>
    public static (ComparisonVector Vector, int Captures, int Count)[] Draw(PatternDraws model, int pairs, ulong seed)
    {
        var random = new SmallRandom(seed);
        var counts = new SortedDictionary<(ulong Code, int Captures), int>();
        for (int drawn = 0; drawn < pairs;)
        {
            int kind = random.Draw(model.Shares);
            ComparisonVector vector = default;
            for (int c = 0; c < model.Levels[kind].Length; c++)
            {
                vector = vector.With(c, random.Draw(model.Levels[kind][c]));
            }

            int captures = model.Shares.Length == 2 ? 1 : Enumerable.Range(0, 3).Sum(p => vector[p] == 2 ? 1 << p : 0);
            if (captures != 0)
            {
                (ulong, int) cell = (vector.Code, captures);
                counts[cell] = counts.GetValueOrDefault(cell) + 1;
                drawn++;
            }
        }

        return [.. counts.Select(cell => (new ComparisonVector(cell.Key.Code), cell.Key.Captures, cell.Value))];
    }
}
