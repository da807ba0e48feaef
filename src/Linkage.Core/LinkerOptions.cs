using Linkage.Bloom.Schemas;
using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core;

/// <summary>How files are linked. Immutable; the defaults suit files of which each lists a person once.</summary>
public sealed record LinkerOptions
{
    /// <summary>Whether a record may have several partners in a file without duplicates.</summary>
    public OneToOneMode OneToOne { get; init; }

    /// <summary>
    /// Parties that may list a person more than once. With one file, its party always counts as such.
    /// </summary>
    public IReadOnlyList<string> DuplicateParties { get; init; } = [];

    /// <summary>Pairs of lower weight are not kept in the result.</summary>
    public double KeepWeight { get; init; } = -10;

    /// <summary>
    /// Fixes the link ids of these very files; null draws them at random, so that no two runs can be joined by them.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>A schema with other levels, groups or thresholds than the files carry, and the same encoding.</summary>
    public LinkageSchema? Schema { get; init; }

    /// <summary>A model to score with; null estimates one from the files.</summary>
    public FellegiSunterModel? Model { get; init; }

    /// <summary>
    /// What persons decided about pairs, in reviews of earlier runs of the same files; contradictions are refused.
    /// </summary>
    public IReadOnlyList<PairDecision> Decisions { get; init; } = [];

    /// <summary>
    /// The expected share of wrong links that is borne, from <see cref="ThresholdTable.LeastTarget"/> to under 1. The
    /// lowest threshold that keeps it replaces the schema's threshold of a match; null keeps the schema's.
    /// </summary>
    public double? TargetFalseDiscovery { get; init; }

    /// <summary>Settings of the estimation.</summary>
    public EmOptions Estimation { get; init; } = new();
}
