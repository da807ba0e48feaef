using Linkage.Core.Comparisons;
using Linkage.Core.Model;

namespace Linkage.Core.Scoring;

/// <summary>Weight and probability of every pattern that occurs; scoring a pair is looking its pattern up.</summary>
internal sealed class PatternScores
{
    public PatternScores(IReadOnlyList<AgreementPattern> patterns, FellegiSunterModel model)
    {
        Weights = new double[patterns.Count];
        Probabilities = new double[patterns.Count];
        for (int i = 0; i < patterns.Count; i++)
        {
            MatchWeight weight = model.Weigh(patterns[i].Vector);
            Weights[i] = weight.Bits;
            Probabilities[i] = MatchProbability.From(weight, model.PriorMatchProbability).Value;
        }
    }

    public double[] Weights { get; }

    public double[] Probabilities { get; }
}
