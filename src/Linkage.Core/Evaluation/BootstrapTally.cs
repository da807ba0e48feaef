namespace Linkage.Core.Evaluation;

/// <summary>The pairs behind one quality, by the persons they belong to, so that persons can be drawn again.</summary>
/// <remarks>Not thread-safe while it is filled.</remarks>
internal sealed class BootstrapTally
{
    private readonly List<(int Unit, long Pairs)> _true = [];
    private readonly List<(int Unit, long Pairs)> _correct = [];
    private readonly List<(int Unit, int Other, long Pairs)> _wrong = [];

    /// <summary>Adds true pairs of a person.</summary>
    internal void AddTrue(int unit, long pairs) => _true.Add((unit, pairs));

    /// <summary>Adds predicted pairs that are true.</summary>
    internal void AddCorrect(int unit, long pairs) => _correct.Add((unit, pairs));

    /// <summary>Adds predicted pairs that are wrong and are drawn with a person.</summary>
    internal void AddWrong(int unit, long pairs) => _wrong.Add((unit, unit, pairs));

    /// <summary>Adds predicted pairs that are wrong and are drawn with each of two persons.</summary>
    internal void AddWrong(int unit, int other, long pairs) => _wrong.Add((unit, other, pairs));

    /// <summary>The counts if every person were there as often as the weights say.</summary>
    internal LinkageQuality Weigh(ReadOnlySpan<byte> weights)
    {
        long correct = Sum(_correct, weights);
        long wrong = 0;
        foreach ((int unit, int other, long pairs) in _wrong)
        {
            wrong += pairs * weights[unit] * (unit == other ? 1 : weights[other]);
        }

        return new LinkageQuality(Sum(_true, weights), correct + wrong, correct);
    }

    private static long Sum(List<(int Unit, long Pairs)> entries, ReadOnlySpan<byte> weights)
    {
        long sum = 0;
        foreach ((int unit, long pairs) in entries)
        {
            sum += pairs * weights[unit];
        }

        return sum;
    }
}
