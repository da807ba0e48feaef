using System.Globalization;

namespace Linkage.Core.Scoring;

/// <summary>The probability that a pair is one person, given the model and its prior.</summary>
/// <param name="Value">0 to 1.</param>
/// <remarks>The default value is 0: certainly two persons.</remarks>
public readonly record struct MatchProbability(double Value) : IFormattable
{
    /// <summary>Bayes' rule on the scale of bits: posterior log-odds are prior log-odds plus weight.</summary>
    /// <param name="weight">Evidence of the pair.</param>
    /// <param name="prior">Probability before it, over 0 and under 1.</param>
    /// <returns>The probability after it.</returns>
    public static MatchProbability From(MatchWeight weight, double prior)
    {
        double bits = weight.Bits + Math.Log2(prior / (1 - prior));
        return new MatchProbability(1 / (1 + Math.Pow(2, -bits)));
    }

    /// <summary>The value, so that it reads back to the same.</summary>
    /// <returns>An invariant number.</returns>
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);

    /// <summary>The value in a numeric format, for example <c>P1</c>.</summary>
    /// <param name="format">A numeric format; null for round-trip.</param>
    /// <param name="formatProvider">The culture.</param>
    /// <returns>The formatted number.</returns>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        Value.ToString(format ?? "R", formatProvider);
}
