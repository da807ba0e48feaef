using Linkage.Bloom.Schemas;
using Linkage.Core.Model;

namespace Linkage.Core.Lookup;

/// <summary>How an index compares and decides. Immutable.</summary>
public sealed record RecordIndexOptions
{
    /// <summary>The model that scores; as a rule the one a run estimated from the same files.</summary>
    public required FellegiSunterModel Model { get; init; }

    /// <summary>A schema with other levels, groups or thresholds than the files carry, and the same encoding.</summary>
    public LinkageSchema? Schema { get; init; }

    /// <summary>The thresholds that decide; those of the schema if null.</summary>
    public DecisionThresholds? Thresholds { get; init; }
}
