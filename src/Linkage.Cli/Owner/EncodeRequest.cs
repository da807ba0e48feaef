using Linkage.Bloom.Schemas;

namespace Linkage.Cli.Owner;

/// <summary>What "encode" was asked for.</summary>
internal sealed record EncodeRequest
{
    /// <summary>The schema file.</summary>
    public required string Schema { get; init; }

    /// <summary>The key file.</summary>
    public required string Key { get; init; }

    /// <summary>The party whose records these are.</summary>
    public required string Party { get; init; }

    /// <summary>The CSV file.</summary>
    public required string Input { get; init; }

    /// <summary>The id column; null takes that of the columns file.</summary>
    public string? IdColumn { get; init; }

    /// <summary>The encoded file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The owner's map to write.</summary>
    public required string Map { get; init; }

    /// <summary>The columns file; null when the CSV goes by the schema's own names.</summary>
    public string? Columns { get; init; }

    /// <summary>Replaces the schema's profile; null leaves it.</summary>
    public ProtectionProfile? Profile { get; init; }
}
