namespace Linkage.Cli.Quality;

/// <summary>What "evaluate" was asked for.</summary>
internal sealed record EvaluateRequest
{
    /// <summary>pairs.csv; null when entities are evaluated.</summary>
    public string? Pairs { get; init; }

    /// <summary>entities.csv; null when pairs are evaluated.</summary>
    public string? Entities { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<SourceFiles> Sources { get; init; }

    /// <summary>The id column of every source.</summary>
    public required string IdColumn { get; init; }

    /// <summary>The column of true entities.</summary>
    public required string TruthColumn { get; init; }

    /// <summary>The column of groups; null when quality by group is not wanted.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>records.csv, the reach of every record; null when it is not wanted.</summary>
    public string? Reach { get; init; }

    /// <summary>run.json, what the run says of itself; null when it is not wanted.</summary>
    public string? Run { get; init; }

    /// <summary>Where the report goes; null for none.</summary>
    public string? Html { get; init; }
}
