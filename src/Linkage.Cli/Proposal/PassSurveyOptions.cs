namespace Linkage.Cli.Proposal;

/// <summary>What "schema passes" was asked for.</summary>
internal sealed record PassSurveyOptions
{
    /// <summary>The schema file.</summary>
    public required string Schema { get; init; }

    /// <summary>The owner's CSV file.</summary>
    public required string Input { get; init; }

    /// <summary>The columns file; null for none.</summary>
    public string? Columns { get; init; }

    /// <summary>Records of the larger file; null takes the schema's.</summary>
    public long? Population { get; init; }

    /// <summary>The column of the groups; null for none.</summary>
    public string? GroupColumn { get; init; }
}
