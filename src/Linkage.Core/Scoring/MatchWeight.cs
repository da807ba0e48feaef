using System.Globalization;

namespace Linkage.Core.Scoring;

/// <summary>Evidence for a match, in bits: the base-2 logarithm of m over u, or a sum of such logarithms.</summary>
/// <param name="Bits">The logarithm.</param>
/// <remarks>
/// Weights add; probabilities do not. The default value, zero, is no evidence either way. Fellegi and Sunter: A theory
/// for record linkage, Journal of the American Statistical Association 64 (1969), 1183–1210, section 3.
/// </remarks>
public readonly record struct MatchWeight(double Bits) : IComparable<MatchWeight>
{
    /// <summary>Compares by evidence.</summary>
    /// <param name="other">Another weight.</param>
    /// <returns>Below zero when this one is less evidence.</returns>
    public int CompareTo(MatchWeight other) => Bits.CompareTo(other.Bits);

    /// <summary>Adds evidence.</summary>
    /// <param name="left">One weight.</param>
    /// <param name="right">Another.</param>
    /// <returns>The sum.</returns>
    public static MatchWeight operator +(MatchWeight left, MatchWeight right) => new(left.Bits + right.Bits);

    /// <summary>True when the first is less evidence.</summary>
    /// <param name="left">One weight.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether it is less.</returns>
    public static bool operator <(MatchWeight left, MatchWeight right) => left.Bits < right.Bits;

    /// <summary>True when the first is more evidence.</summary>
    /// <param name="left">One weight.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether it is more.</returns>
    public static bool operator >(MatchWeight left, MatchWeight right) => left.Bits > right.Bits;

    /// <summary>True when the first is not more evidence.</summary>
    /// <param name="left">One weight.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether it is less or equal.</returns>
    public static bool operator <=(MatchWeight left, MatchWeight right) => left.Bits <= right.Bits;

    /// <summary>True when the first is not less evidence.</summary>
    /// <param name="left">One weight.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether it is more or equal.</returns>
    public static bool operator >=(MatchWeight left, MatchWeight right) => left.Bits >= right.Bits;

    /// <summary>Adds evidence.</summary>
    /// <param name="left">One weight.</param>
    /// <param name="right">Another.</param>
    /// <returns>The sum.</returns>
    public static MatchWeight Add(MatchWeight left, MatchWeight right) => left + right;

    /// <summary>The number of bits, so that it reads back to the same value.</summary>
    /// <returns>An invariant number.</returns>
    public override string ToString() => Bits.ToString("R", CultureInfo.InvariantCulture);
}
