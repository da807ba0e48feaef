using Linkage.Bloom.Schemas;
using Linkage.Core.Model;

namespace Linkage.Core.Incremental;

/// <summary>How new records are put to existing entities: as the run that made these did. Immutable.</summary>
public sealed record IncrementalOptions
{
    /// <summary>The model of the run.</summary>
    public required FellegiSunterModel Model { get; init; }

    /// <summary>The thresholds of the run.</summary>
    public required DecisionThresholds Thresholds { get; init; }

    /// <summary>Parties that may list a person more than once.</summary>
    public IReadOnlyList<string> DuplicateParties { get; init; } = [];

    /// <summary>
    /// Whether a record has one partner at most in a party without duplicates, as in a run with a one-to-one mode.
    /// </summary>
    public bool IsOneToOne { get; init; }

    /// <summary>What rivalry between pairs added to the log-odds of each in the run, in bits.</summary>
    public double PosteriorScaleBits { get; init; }

    /// <summary>What persons have decided about pairs of records of the index.</summary>
    public IReadOnlyList<PairDecision> Decisions { get; init; } = [];

    /// <summary>The options under which a run's entities are carried on.</summary>
    /// <param name="result">The run.</param>
    /// <returns>Its model, thresholds, promises and decisions.</returns>
    public static IncrementalOptions From(LinkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new IncrementalOptions
        {
            Model = result.Model,
            Thresholds = result.Thresholds,
            DuplicateParties = result.Options.DuplicateParties,
            IsOneToOne = result.Options.OneToOne != OneToOneMode.Off,
            PosteriorScaleBits = result.PosteriorScaleBits,
            Decisions = result.Options.Decisions,
        };
    }
}
