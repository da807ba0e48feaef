using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Core.Scoring;

/// <summary>Weight and probability of every pattern that occurs; scoring a pair is looking its pattern up.</summary>
internal sealed class PatternScores
{
    public PatternScores(IReadOnlyList<AgreementPattern> patterns, FellegiSunterModel model)
    {
        Weights = new double[patterns.Count];
        LogOdds = new double[patterns.Count];
        Probabilities = new double[patterns.Count];
        PriorLogOdds = Math.Log2(model.PriorMatchProbability / (1 - model.PriorMatchProbability));
        var weigher = new PatternWeigher(model);
        for (int i = 0; i < patterns.Count; i++)
        {
            var weight = new MatchWeight(weigher.Weigh(patterns[i].Vector));
            Weights[i] = weight.Bits;
            LogOdds[i] = weight.Bits + PriorLogOdds;
            Probabilities[i] = MatchProbability.From(weight, model.PriorMatchProbability).Value;
        }
    }

    /// <summary>Of the prior, in bits.</summary>
    public double PriorLogOdds { get; }

    public double[] Weights { get; }

    /// <summary>Posterior log-odds in bits.</summary>
    public double[] LogOdds { get; }

    public double[] Probabilities { get; }
}
