namespace Linkage.Core.Evaluation;

/// <summary>How often each person is in each draw: Poisson numbers of mean 1, the same in every run.</summary>
/// <remarks>
/// The Poisson bootstrap needs no list of the persons drawn and agrees with the bootstrap of Efron 1979 for many
/// persons (Hanley and MacGibbon 2006, Creating non-parametric bootstrap samples using Poisson frequencies). Persons
/// are drawn and not pairs, since the pairs of a person share its records and fail together (Field and Welsh 2007,
/// Bootstrapping clustered data). Not thread-safe.
/// </remarks>
internal sealed class BootstrapWeights(int units)
{
    /// <summary>Number of draws.</summary>
    internal const int Draws = 200;

    private const ulong Seed = 0x5EED0E7A;

    private readonly PairsCompletenessRandom _random = new(Seed);
    private readonly byte[] _weights = new byte[units];

    /// <summary>The next draw; holds until the one after it.</summary>
    internal ReadOnlySpan<byte> Next()
    {
        for (int unit = 0; unit < _weights.Length; unit++)
        {
            _weights[unit] = (byte)_random.NextUnitPoisson();
        }

        return _weights;
    }
}
