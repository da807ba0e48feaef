namespace Linkage.Core.Estimation;

/// <summary>What is being estimated: m, the non-match classes' u, and the share of every class.</summary>
/// <remarks>
/// Class 0 is the matches; the others are the kinds of non-matches, one a pass. [class][comparison][level].
/// </remarks>
internal sealed class EmParameters
{
    public EmParameters(double[][][] levels, double[] shares)
    {
        Levels = levels;
        Shares = shares;
    }

    /// <summary>Level probabilities: [class][comparison][level].</summary>
    public double[][][] Levels { get; }

    /// <summary>Share of every class; they sum to 1.</summary>
    public double[] Shares { get; }

    public int ClassCount => Shares.Length;

    public EmParameters Clone() => new(
        [.. Levels.Select(ofClass => ofClass.Select(levels => (double[])levels.Clone()).ToArray())],
        (double[])Shares.Clone());

    public double LargestChange(EmParameters other)
    {
        double largest = 0;
        for (int k = 0; k < ClassCount; k++)
        {
            largest = Math.Max(largest, Math.Abs(Shares[k] - other.Shares[k]));
            for (int c = 0; c < Levels[k].Length; c++)
            {
                for (int level = 0; level < Levels[k][c].Length; level++)
                {
                    // A class that hardly exists may wander; what counts is what it does to the pairs.
                    double change = Math.Abs(Levels[k][c][level] - other.Levels[k][c][level]);
                    largest = Math.Max(largest, change * Math.Min(1, Shares[k] * 100));
                }
            }
        }

        return largest;
    }
}
