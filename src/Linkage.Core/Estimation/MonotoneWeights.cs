namespace Linkage.Core.Estimation;

/// <summary>Keeps the weights of better levels from being lower than those of worse ones.</summary>
internal static class MonotoneWeights
{
    /// <summary>Pools adjacent levels whose m / u falls, keeping both sums and u itself.</summary>
    /// <remarks>
    /// The pool-adjacent-violators algorithm on likelihood ratios (Ayer, Brunk, Ewing, Reid, Silverman: An empirical
    /// distribution function for sampling with incomplete information, Annals of Mathematical Statistics 26 (1955)).
    /// </remarks>
    /// <param name="m">m by level; changed in place.</param>
    /// <param name="u">u by level.</param>
    /// <param name="isPooled">Receives which levels share a ratio because of this.</param>
    public static void Pool(double[] m, double[] u, bool[] isPooled)
    {
        var blocks = new List<(double M, double U, int Start, int End)>();
        for (int level = 0; level < m.Length; level++)
        {
            (double M, double U, int Start, int End) block = (m[level], u[level], level, level + 1);
            while (blocks.Count > 0 && block.M * blocks[^1].U < blocks[^1].M * block.U)
            {
                block = (block.M + blocks[^1].M, block.U + blocks[^1].U, blocks[^1].Start, block.End);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        Array.Clear(isPooled);
        foreach ((double sumM, double sumU, int start, int end) in blocks)
        {
            if (end - start > 1)
            {
                for (int level = start; level < end; level++)
                {
                    m[level] = sumM * (u[level] / sumU);
                    isPooled[level] = true;
                }
            }
        }
    }
}
