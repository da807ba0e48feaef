using System.Collections.Concurrent;
using Linkage.Bloom.Schemas;
using Linkage.Core.Comparisons;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Lookup;

/// <summary>Weighs and decides pairs by their pattern; remembers the patterns it has seen. Thread-safe.</summary>
internal sealed class PatternJudge
{
    // A schema of six comparisons shows some ten thousand patterns. Beyond, a pattern is weighed anew each time.
    private const int MostRemembered = 1 << 17;

    private readonly PatternWeigher _weigher;
    private readonly double _prior;
    private readonly DecisionThresholds _thresholds;
    private readonly ConcurrentDictionary<ulong, double> _weights = new();

    public PatternJudge(FellegiSunterModel model, DecisionThresholds thresholds)
    {
        _weigher = new PatternWeigher(model);
        _prior = model.PriorMatchProbability;
        _thresholds = thresholds;
    }

    /// <summary>What the pattern says.</summary>
    public (MatchWeight Weight, MatchProbability Probability, Decision Decision) Judge(ComparisonVector vector)
    {
        if (!_weights.TryGetValue(vector.Code, out double bits))
        {
            bits = _weigher.Weigh(vector);
            if (_weights.Count < MostRemembered)
            {
                _weights[vector.Code] = bits;
            }
        }

        var weight = new MatchWeight(bits);
        var probability = MatchProbability.From(weight, _prior);
        Decision decision = probability.Value >= _thresholds.Match ? Decision.Match
            : probability.Value >= _thresholds.Possible ? Decision.Possible
            : Decision.NonMatch;
        return (weight, probability, decision);
    }
}
