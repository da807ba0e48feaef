using Linkage.Core.Comparisons;

namespace Linkage.Core.Model;

/// <summary>Weighs patterns by a model: the logarithm of P(γ | match) over P(γ | non-match).</summary>
internal sealed class PatternWeigher
{
    private readonly Factor[] _factors;
    private readonly double[][] _matches;
    private readonly double[] _kindShares;
    private readonly double[][][] _kinds;

    public PatternWeigher(FellegiSunterModel model)
    {
        _factors = FactorsOf(model);
        _matches =
        [
            .. _factors.Select(factor => Logarithms(InteractionOf(model, factor) is { } joint
                ? joint.MProbabilities
                : [.. model.Comparisons[factor.First].Levels.Select(level => level.MProbability)])),
        ];
        _kindShares = Logarithms([.. model.NonMatchKinds.Select(kind => kind.Share)]);
        _kinds =
        [
            .. model.NonMatchKinds.Select((kind, k) => _factors.Select(factor => Logarithms(
                InteractionOf(model, factor)?.UProbabilities[k] ?? kind.UProbabilities[factor.First])).ToArray()),
        ];
    }

    /// <summary>The factors of a model.</summary>
    public static Factor[] FactorsOf(FellegiSunterModel model)
    {
        string[] names = [.. model.Comparisons.Select(comparison => comparison.Name)];
        return Factor.From(
            [.. model.Comparisons.Select(comparison => comparison.Levels.Count)],
            [
                .. model.Interactions.Select(
                    joint => (Array.IndexOf(names, joint.First), Array.IndexOf(names, joint.Second))),
            ]);
    }

    /// <summary>The interaction a factor stands for; null for a comparison alone.</summary>
    public static InteractionModel? InteractionOf(FellegiSunterModel model, Factor factor) =>
        factor.Second is null
            ? null
            : model.Interactions.First(joint => joint.First == model.Comparisons[factor.First].Name);

    /// <summary>The weight of a pattern in bits, without the prior.</summary>
    public double Weigh(ComparisonVector vector)
    {
        Span<double> logs = stackalloc double[_kinds.Length];
        double largest = double.NegativeInfinity;
        for (int k = 0; k < logs.Length; k++)
        {
            logs[k] = _kindShares[k] + Sum(_kinds[k], vector);
            largest = Math.Max(largest, logs[k]);
        }

        double sum = 0;
        foreach (double log in logs)
        {
            sum += Math.Pow(2, log - largest);
        }

        return Sum(_matches, vector) - (largest + Math.Log2(sum));
    }

    private double Sum(double[][] logs, ComparisonVector vector)
    {
        double sum = 0;
        for (int f = 0; f < _factors.Length; f++)
        {
            int state = _factors[f].StateOf(vector);
            sum += state == Factor.Missing ? 0 : logs[f][state];
        }

        return sum;
    }

    private static double[] Logarithms(IReadOnlyList<double> values) => [.. values.Select(Math.Log2)];
}
