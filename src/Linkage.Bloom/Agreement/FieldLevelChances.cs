using Linkage.Bloom.Schemas;
using Linkage.Bloom.Similarity;

namespace Linkage.Bloom.Agreement;

/// <summary>
/// With what chance two values of one field reach each level in a block, given how far their base encodings differ.
/// </summary>
/// <remarks>
/// Every output bit of profile <c>standard</c> is the XOR of t bits drawn independently by the block's secret index
/// set, so the number of output bits in which two base filters with the share δ of differing bits differ is binomial
/// with h = (1 − (1 − 2δ)^t) / 2 (see <see cref="CorrectedSimilarity"/>). Tags and the filters of profile
/// <c>research</c> have no chance in them. Not thread-safe.
/// </remarks>
internal sealed class FieldLevelChances
{
    private readonly double[]?[] _byDistance = new double[SchemaLimits.BitLength + 1][];
    private readonly int[] _greatestDistances;
    private readonly int _levelCount;
    private readonly bool _isTag;
    private readonly int _diffusion;

    public FieldLevelChances(FieldSchema field, ProtectionProfile profile)
    {
        _isTag = field.IsTag;
        _levelCount = field.LevelCount;
        _diffusion = profile == ProtectionProfile.Research ? 1 : SchemaLimits.DiffusionCount;
        _greatestDistances =
        [
            0, .. field.Cuts.Select(cut => CorrectedSimilarity.GreatestDistance(cut, _diffusion)),
        ];
    }

    /// <summary>The chance of every level, worst first.</summary>
    /// <param name="distance">Bits in which the base encodings differ.</param>
    public ReadOnlySpan<double> Of(int distance) => _byDistance[distance] ??= Compute(distance);

    private double[] Compute(int distance)
    {
        double[] chances = new double[_levelCount];
        double reached = 0;
        for (int i = 0; i < _levelCount - 1; i++)
        {
            double better = reached;
            reached = ChanceWithin(_greatestDistances[i], distance);
            chances[^(i + 1)] = Math.Max(0, reached - better);
        }

        chances[0] = Math.Max(0, 1 - reached);
        return chances;
    }

    private double ChanceWithin(int greatest, int distance)
    {
        if (_isTag || _diffusion == 1)
        {
            return distance <= greatest ? 1 : 0;
        }

        double share = CorrectedSimilarity.ExpectedOutputShare(
            (double)distance / SchemaLimits.BitLength, _diffusion);
        return BinomialDistribution.AtMost(greatest, SchemaLimits.BitLength, share);
    }
}
