namespace Linkage.Core.Evaluation;

/// <summary>All that the truth says of a linkage. Immutable and safe to share between threads.</summary>
public sealed record LinkageEvaluation
{
    /// <summary>The quality over all records.</summary>
    public required SubgroupQuality Total { get; init; }

    /// <summary>The quality by group, ordinally sorted by label; empty if the records have no groups.</summary>
    public required IReadOnlyList<SubgroupQuality> Groups { get; init; }

    /// <summary>What the evaluation was told of the run.</summary>
    public required EvaluationFacts Facts { get; init; }

    /// <summary>Precision and recall at every weight, heaviest first, before assignment; empty for entities.</summary>
    public IReadOnlyList<QualityPoint> Curve { get; init; } = [];

    /// <summary>Receiver operating characteristic over the listed pairs, heaviest first; empty for entities.</summary>
    public IReadOnlyList<RocPoint> Roc { get; init; } = [];

    /// <summary>
    /// Area under <see cref="Roc"/>: the chance that a listed true pair weighs more than a listed pair of two persons,
    /// ties counting half (Hanley and McNeil 1982). Null for entities, or where one of the two kinds is not listed.
    /// </summary>
    public double? RocArea { get; init; }

    /// <summary>Stated against observed; null for entities or where a pair states no probability.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Patterns with errors, most errors first; empty for entities or where no patterns are given.</summary>
    public IReadOnlyList<PatternErrors> Patterns { get; init; } = [];

    /// <summary>Which true pairs were listed; null for entities.</summary>
    public ListedPairs? Listed { get; init; }

    /// <summary>Agreement of entities and persons over records; null for pairs.</summary>
    public BCubedQuality? BCubed { get; init; }
}
