namespace Linkage.Bloom.Blocking;

/// <summary>What the passes of a schema cost, lose and give away on an owner's records.</summary>
public sealed record PassSurveyResult
{
    /// <summary>Records that were kept and counted: all, or a uniform sample of very large files.</summary>
    public required int Records { get; init; }

    /// <summary>Records of the larger file that the figures are stated for.</summary>
    public required long Population { get; init; }

    /// <summary>Most records of one party in a block.</summary>
    public required int BlockLimit { get; init; }

    /// <summary>One for each pass, in the schema's order.</summary>
    public required IReadOnlyList<PassFigures> Passes { get; init; }

    /// <summary>Records that no pass compares: each leaves them without a key or drops their block.</summary>
    public required int RecordsInNoPass { get; init; }

    /// <summary>Size of the largest set of passes of which no two draw on one field.</summary>
    public required int DisjointPasses { get; init; }

    /// <summary>One for each name field, in the schema's order.</summary>
    public required IReadOnlyList<ChainedClassShare> ChainedClasses { get; init; }

    /// <summary>Guesses at once, twice and three times the usual error rates.</summary>
    public required IReadOnlyList<PredictedCompleteness> Completeness { get; init; }
}
