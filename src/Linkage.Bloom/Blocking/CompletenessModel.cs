using System.Numerics;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Blocking;

/// <summary>Guesses, before any data meets, which share of true pairs meets in at least one pass.</summary>
/// <remarks>
/// A pass misses a pair when a field of its key differs or is missing in one of the two records, or when the block is
/// dropped. Fields fail independently of each other, but for those that one move changes together; the other party's
/// records are taken to lack as many values. Exact, by going through the states of all fields. A change of a field
/// always counts, though prefixes and codes forgive some: that error is on the safe side, independence on the other.
/// </remarks>
internal sealed class CompletenessModel
{
    private readonly IReadOnlyList<FieldSchema> _fields;
    private readonly double[] _present;
    private readonly uint[] _passesOf;
    private readonly double[] _dropped;
    private readonly uint _all;

    /// <summary>Makes a model.</summary>
    /// <param name="fields">The schema's fields.</param>
    /// <param name="passes">The passes, at most 31.</param>
    /// <param name="coverage">Share of records that have a key part.</param>
    public CompletenessModel(
        IReadOnlyList<FieldSchema> fields, IReadOnlyList<CompletenessPass> passes, Func<KeyPart, double> coverage)
    {
        _fields = fields;
        _present = [.. Enumerable.Repeat(1.0, fields.Count)];
        _passesOf = new uint[fields.Count];
        _dropped = [.. passes.Select(pass => pass.Dropped)];
        _all = (1u << passes.Count) - 1;
        for (int pass = 0; pass < passes.Count; pass++)
        {
            foreach (KeyPart part in passes[pass].Parts.SelectMany(OneField))
            {
                // Parts of one field may be missing apart (a street without a number): the scarcest speaks for all.
                _present[part.Field] = Math.Min(_present[part.Field], coverage(part));
                _passesOf[part.Field] |= 1u << pass;
            }
        }
    }

    /// <summary>The parts, one of each field, that are present exactly when a part is.</summary>
    public static IEnumerable<KeyPart> OneField(KeyPart part) => part.Kind == DerivationKind.NS
        ? [new KeyPart(DerivationKind.F, part.Field, -1), new KeyPart(DerivationKind.L, part.SecondField, -1)]
        : [part];

    /// <summary>Predictions at the usual rates, and at two and three times as many errors.</summary>
    public IReadOnlyList<PredictedCompleteness> PredictRange() =>
        [.. new double[] { 1, 2, 3 }.Select(scale => new PredictedCompleteness(scale, Predict(scale)))];

    /// <summary>Predicts the share of true pairs that meet.</summary>
    /// <param name="scale">Factor on every error rate.</param>
    public double Predict(double scale)
    {
        double move = FieldErrorRates.MoveAt(scale);
        double missed = (move * Missed(FailureRates(scale, moved: true), 0, 0))
            + ((1 - move) * Missed(FailureRates(scale, moved: false), 0, 0));
        return Math.Clamp(1 - missed, 0, 1);
    }

    private double[] FailureRates(double scale, bool moved)
    {
        double[] rates = new double[_fields.Count];
        for (int field = 0; field < rates.Length; field++)
        {
            bool lost = moved && FieldErrorRates.ChangesByMove(_fields[field]);
            double equal = lost ? 0 : 1 - FieldErrorRates.Of(_fields[field], scale);
            rates[field] = 1 - (equal * _present[field] * _present[field]);
        }

        return rates;
    }

    // The share of pairs missed, given which passes the fields before have failed.
    private double Missed(double[] rates, int field, uint failed)
    {
        while (field < rates.Length && (_passesOf[field] & ~failed) == 0)
        {
            field++;
        }

        if (field == rates.Length)
        {
            double dropped = 1;
            for (uint open = _all & ~failed; open != 0; open &= open - 1)
            {
                dropped *= _dropped[BitOperations.TrailingZeroCount(open)];
            }

            return dropped;
        }

        double rate = rates[field];
        double missed = rate == 0 ? 0 : rate * Missed(rates, field + 1, failed | _passesOf[field]);
        return rate == 1 ? missed : missed + ((1 - rate) * Missed(rates, field + 1, failed));
    }
}
