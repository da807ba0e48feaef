using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Similarity;

/// <summary>
/// The scale on which protected outputs are compared: what share of the base filters agrees, with the blur of
/// diffusion taken out.
/// </summary>
/// <remarks>
/// <para>
/// With δ the share of differing bits of two base filters and every output bit the XOR of t independently drawn bits,
/// the share h of differing output bits has the mean (1 − (1 − 2δ)^t) / 2 and the standard deviation of l' coin tosses
/// (Armknecht, Heng, Schnell: Strengthening privacy-preserving record linkage using diffusion, PoPETs 2023(2),
/// 298–311).
/// </para>
/// <para>
/// Hence s = max(0, 1 − 2h)^(1/t) estimates 1 − 2δ: 1 for equal values, near 0 for strangers. Masks do not change it.
/// </para>
/// </remarks>
public static class CorrectedSimilarity
{
    /// <summary>Corrected similarity of two outputs.</summary>
    /// <param name="differingBits">Hamming distance, 0 to <paramref name="bitLength"/>.</param>
    /// <param name="bitLength">Bits of an output.</param>
    /// <param name="diffusionCount">t; 1 for undiffused filters.</param>
    /// <returns>0 to 1.</returns>
    public static double FromDistance(int differingBits, int bitLength, int diffusionCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(diffusionCount, 1);
        double h = (double)differingBits / bitLength;
        return Math.Pow(Math.Max(0, 1 - (2 * h)), 1.0 / diffusionCount);
    }

    /// <summary>Expected share of differing output bits for a share of differing base bits.</summary>
    /// <param name="baseShare">δ, 0 to 1.</param>
    /// <param name="diffusionCount">t; 1 for undiffused filters.</param>
    /// <returns>h, 0 to 1.</returns>
    public static double ExpectedOutputShare(double baseShare, int diffusionCount) =>
        (1 - Math.Pow(1 - (2 * baseShare), diffusionCount)) / 2;

    /// <summary>The greatest distance whose corrected similarity still reaches a cut.</summary>
    /// <param name="cut">Cut point, over 0 and at most 1.</param>
    /// <param name="diffusionCount">t; 1 for undiffused filters.</param>
    /// <returns>A distance of 0 to <see cref="SchemaLimits.BitLength"/> / 2.</returns>
    public static int GreatestDistance(double cut, int diffusionCount)
    {
        int distance = 0;
        while (FromDistance(distance + 1, SchemaLimits.BitLength, diffusionCount) >= cut)
        {
            distance++;
        }

        return distance;
    }
}
