using Linkage.Core;

namespace Linkage.Cli.Unit;

/// <summary>What "link" was asked for.</summary>
internal sealed record LinkRequest
{
    /// <summary>The encoded files.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The directory for the results.</summary>
    public required string Directory { get; init; }

    /// <summary>A model to score with; null estimates one.</summary>
    public string? Model { get; init; }

    /// <summary>A schema with other levels or thresholds; null takes that of the files.</summary>
    public string? Schema { get; init; }

    /// <summary>Fixes the link ids; null draws them at random.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Whether a record may have several partners.</summary>
    public OneToOneMode OneToOne { get; init; }

    /// <summary>Parties that may list a person more than once.</summary>
    public IReadOnlyList<string> DuplicateParties { get; init; } = [];

    /// <summary>Files of "review" with answers.</summary>
    public IReadOnlyList<string> Decisions { get; init; } = [];

    /// <summary>Pairs of lower weight are not written.</summary>
    public double KeepWeight { get; init; }

    /// <summary>How a model is estimated.</summary>
    public EstimationRequest Estimation { get; init; } = new();

    /// <summary>The expected share of wrong links that is borne; null keeps the schema's thresholds.</summary>
    public double? TargetFalseDiscovery { get; init; }

    /// <summary>The options as lines, for the files that tell of the run.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
