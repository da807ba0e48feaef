namespace Linkage.Core.Estimation;

/// <summary>Shares of levels as one would guess them without having seen a pair.</summary>
internal static class LevelGuess
{
    /// <summary>Among matches: nine in ten equal, the rest nearer more often.</summary>
    public static double[] Agreeing(int levels)
    {
        const double Equal = 0.9;
        double[] shares = new double[levels];
        double rest = levels * (levels - 1) / 2.0;
        for (int level = 0; level < levels - 1; level++)
        {
            shares[level] = (1 - Equal) * (level + 1) / rest;
        }

        shares[^1] = Equal;
        return shares;
    }

    /// <summary>Among non-matches: nine in ten without agreement.</summary>
    public static double[] Chance(int levels)
    {
        const double None = 0.9;
        double[] shares = new double[levels];
        Array.Fill(shares, (1 - None) / (levels - 1));
        shares[0] = None;
        return shares;
    }
}
