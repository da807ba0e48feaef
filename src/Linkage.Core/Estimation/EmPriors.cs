using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>
/// What is held of m and u before the pairs are counted: pseudo-pairs of Dirichlet priors, and figures that stay.
/// </summary>
/// <remarks>All arrays go by [class][factor][state]; class 0 is the matches.</remarks>
internal sealed class EmPriors
{
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly PriorKnowledge _knowledge;
    private readonly double[][] _frequencies;

    private EmPriors(
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        PriorKnowledge knowledge,
        double[][] frequencies)
    {
        _comparisons = comparisons;
        _passes = passes;
        _knowledge = knowledge;
        _frequencies = frequencies;
        Pseudo = [];
        Fixed = [];
    }

    /// <summary>Pseudo-pairs of every state, each over 0.</summary>
    public double[][][] Pseudo { get; private init; }

    /// <summary>Probabilities that are not estimated; null where they are.</summary>
    public double[]?[][] Fixed { get; private init; }

    /// <summary>Sets up the priors of an estimation.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="passes">The passes, each of which is a kind of non-match.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="knowledge">What owners and earlier runs say.</param>
    /// <param name="options">Strengths.</param>
    /// <param name="frequencies">Shares of levels among all candidates: [comparison][level].</param>
    public static EmPriors Create(
        IReadOnlyList<Comparison> comparisons,
        IReadOnlyList<PassFields> passes,
        Factor[] factors,
        PriorKnowledge knowledge,
        EmOptions options,
        double[][] frequencies)
    {
        var source = new EmPriors(comparisons, passes, knowledge, frequencies);
        double earlier = knowledge.Model is null ? 0 : options.PriorModelPairs;
        int classes = passes.Count + 1;
        double[][][] pseudo = new double[classes][][];
        double[]?[][] stays = new double[]?[classes][];
        for (int k = 0; k < classes; k++)
        {
            double pairs = k == 0 ? options.MPriorPairs : options.UPriorPairs;
            pseudo[k] =
            [
                .. factors.Select(factor => Factor.Independent(
                    source.Believed(k, factor.First, pairs, earlier),
                    factor.Second is { } second ? source.Believed(k, second, pairs, earlier) : null)),
            ];
            for (int f = 0; f < factors.Length; f++)
            {
                Scale(pseudo[k][f], factors[f], pairs + earlier);
            }

            stays[k] = [.. factors.Select(factor => factor.Second is null ? source.FixedOf(k, factor.First) : null)];
        }

        return new EmPriors(comparisons, passes, knowledge, frequencies) { Pseudo = pseudo, Fixed = stays };
    }

    // Shares of levels in a class as they are guessed, mixed with those of an earlier model by their pseudo-pairs.
    private double[] Believed(int k, int c, double pairs, double earlier)
    {
        double[] guess = k == 0 ? LevelGuess.Agreeing(_comparisons[c].LevelCount)
            : _passes[k - 1].DrawsOn(_comparisons[c]) ? _frequencies[c]
            : _knowledge.ChanceAgreement?[c] ?? LevelGuess.Chance(_comparisons[c].LevelCount);
        if (_knowledge.Model is null)
        {
            return guess;
        }

        double[] known = KnownOf(_knowledge.Model, k, c);
        return [.. guess.Zip(known, (one, other) => ((one * pairs) + (other * earlier)) / (pairs + earlier))];
    }

    private double[]? FixedOf(int k, int c)
    {
        FixedProbabilities which = k == 0 ? FixedProbabilities.M : FixedProbabilities.U;
        return _knowledge.Model is { } model && (model.Comparisons[c].Fixed & which) != 0
            ? KnownOf(model, k, c)
            : null;
    }

    private double[] KnownOf(FellegiSunterModel model, int k, int c)
    {
        if (k == 0)
        {
            return [.. model.Comparisons[c].Levels.Select(level => level.MProbability)];
        }

        NonMatchKind? same = model.NonMatchKinds.FirstOrDefault(kind => kind.Pass == _passes[k - 1].Name);
        if (same is not null)
        {
            return [.. same.UProbabilities[c]];
        }

        // One crowd from kinds is their mixture; a kind from one crowd is what the crowd shows.
        double[] mixture = new double[_comparisons[c].LevelCount];
        foreach (NonMatchKind kind in model.NonMatchKinds)
        {
            for (int level = 0; level < mixture.Length; level++)
            {
                mixture[level] += kind.Share * kind.UProbabilities[c][level];
            }
        }

        return mixture;
    }

    // Every table of a factor has the pseudo-pairs; nothing is impossible, whatever an owner or a model says.
    private static void Scale(double[] pseudo, Factor factor, double pairs)
    {
        const double Least = 1e-9;
        foreach ((int start, int length) in factor.Tables)
        {
            for (int state = start; state < start + length; state++)
            {
                pseudo[state] = Math.Max(Least, pseudo[state]) * pairs;
            }
        }
    }
}
