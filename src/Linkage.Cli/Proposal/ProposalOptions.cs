using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Proposal;

/// <summary>What the user says about the schema to be proposed.</summary>
internal sealed record ProposalOptions
{
    /// <summary>The owner's CSV file.</summary>
    public required string From { get; init; }

    /// <summary>The columns file; null for none.</summary>
    public string? Columns { get; init; }

    /// <summary>The id column; null when it is not said.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Records of the larger file; null takes the number of records of this one.</summary>
    public long? Population { get; init; }

    /// <summary>Parties that will take part.</summary>
    public int Parties { get; init; } = 2;

    /// <summary>Name of the schema.</summary>
    public string Name { get; init; } = "people";

    /// <summary>Whether to recognize given and family names that were swapped.</summary>
    public bool SwappedNames { get; init; }

    /// <summary>What is to leave the owner.</summary>
    public ProtectionProfile Profile { get; init; }
}
