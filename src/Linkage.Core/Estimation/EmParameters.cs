namespace Linkage.Core.Estimation;

/// <summary>What is being estimated: m, the non-match classes' u, and the share of every class.</summary>
/// <remarks>
/// Class 0 is the matches; the others are the kinds of non-matches, one a pass. A factor is one comparison, whose
/// states are its levels, or two that interact.
/// </remarks>
internal sealed class EmParameters
{
    public EmParameters(double[][][] levels, double[] shares)
    {
        Levels = levels;
        Shares = shares;
    }

    /// <summary>Probabilities of states: [class][factor][state].</summary>
    public double[][][] Levels { get; }

    /// <summary>Share of every class; they sum to 1.</summary>
    public double[] Shares { get; }

    public int ClassCount => Shares.Length;

    public double LargestChange(EmParameters other)
    {
        double largest = 0;
        for (int k = 0; k < ClassCount; k++)
        {
            largest = Math.Max(largest, Math.Abs(Shares[k] - other.Shares[k]));

            // A class that hardly exists may wander; what counts is what it does to the pairs.
            double weight = Math.Min(1, Shares[k] * 100);
            for (int f = 0; f < Levels[k].Length; f++)
            {
                for (int state = 0; state < Levels[k][f].Length; state++)
                {
                    largest = Math.Max(
                        largest, Math.Abs(Levels[k][f][state] - other.Levels[k][f][state]) * weight);
                }
            }
        }

        return largest;
    }
}
