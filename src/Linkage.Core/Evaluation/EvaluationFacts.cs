namespace Linkage.Core.Evaluation;

/// <summary>What an evaluation is told of the run beside its predictions; all of it may be left out.</summary>
public sealed record EvaluationFacts
{
    /// <summary>Probability from which a pair is a match, 0 to 1; default .5. Tells who is unlinkable.</summary>
    public double MatchThreshold { get; init; } = 0.5;

    /// <summary>The reach of every record, by record number; null if unknown.</summary>
    public IReadOnlyList<RecordReach>? Reach { get; init; }

    /// <summary>What the run estimated without truth; null if it did not or nobody says so.</summary>
    public PairsCompleteness? StatedCompleteness { get; init; }

    /// <summary>Whether every pair that the run compared is listed, however light; null if unknown.</summary>
    public bool? HasEveryCandidate { get; init; }
}
