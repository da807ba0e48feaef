using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;
using Linkage.Core.Clustering;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Evaluation;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Reporting;
using Linkage.Core.Scoring;

namespace Linkage.Core;

/// <summary>All that a run found. Immutable; does not need the files any more.</summary>
public sealed class LinkResult
{
    private readonly RecordSpace _space;
    private readonly int[] _entities;

    internal LinkResult(RecordSpace space, int[] entities, ReachTable reach)
    {
        _space = space;
        _entities = entities;
        Reach = reach;
    }

    /// <summary>The schema that was linked by.</summary>
    public required LinkageSchema Schema { get; init; }

    /// <summary>The headers of the files, in order.</summary>
    public required IReadOnlyList<EncodedFileHeader> Files { get; init; }

    /// <summary>The options of the run, with <see cref="OneToOneMode.Auto"/> resolved.</summary>
    public required LinkerOptions Options { get; init; }

    /// <summary>
    /// Pairs with decision match or possible, and non-matches down to <see cref="LinkerOptions.KeepWeight"/>; heaviest
    /// first, then by handles.
    /// </summary>
    public required IReadOnlyList<LinkedPair> Pairs { get; init; }

    /// <summary>The model that scored.</summary>
    public required FellegiSunterModel Model { get; init; }

    /// <summary>How each start of the estimation ended; empty when a model was given.</summary>
    public required IReadOnlyList<EmFit> Fits { get; init; }

    /// <summary>
    /// How sure the model's figures are; null when a model was given, or the pairs do not tell all figures apart.
    /// </summary>
    public required ModelIntervals? Intervals { get; init; }

    /// <summary>
    /// How every two comparisons go together beyond what the model says, strongest first; empty when a model was given.
    /// </summary>
    public required IReadOnlyList<ComparisonDependence> Dependence { get; init; }

    /// <summary>What each pass gave.</summary>
    public required IReadOnlyList<BlockTally> Passes { get; init; }

    /// <summary>Estimated share of the true pairs that met in some pass; null if it cannot be estimated.</summary>
    public required PairsCompleteness? Completeness { get; init; }

    /// <summary>Why there is no <see cref="Completeness"/>, in a few words; null if there is.</summary>
    public required string? NoCompletenessReason { get; init; }

    /// <summary>The thresholds that decided: the schema's, or those of the target that was asked for.</summary>
    public required DecisionThresholds Thresholds { get; init; }

    /// <summary>What is expected of other thresholds, without the truth.</summary>
    public required ThresholdTable ThresholdTable { get; init; }

    /// <summary>
    /// Whether the surest pairs contradict each other; null if every party may list a person more than once.
    /// </summary>
    public required CalibrationCheck? Calibration { get; init; }

    /// <summary>The distinct patterns with their counts.</summary>
    public required IReadOnlyList<AgreementPattern> Patterns { get; init; }

    /// <summary>Number of candidate pairs.</summary>
    public required long CandidateCount { get; init; }

    /// <summary>Number of entities, single records included.</summary>
    public required int EntityCount { get; init; }

    /// <summary>
    /// Matches not followed because an entity would have had two records of a party without duplicates, or because most
    /// other pairs between the two groups of records speak against it.
    /// </summary>
    public required long RefusedLinks { get; init; }

    /// <summary>
    /// Decisions of a person, followed, that put two records of a party without duplicates into one entity.
    /// </summary>
    public required long BrokenPromises { get; init; }

    /// <summary>
    /// Matches of the one-to-one assignment that only the order of records decided: another choice of partners would
    /// have had exactly the same weights. Handles are random, so the choice is arbitrary; a person should look.
    /// </summary>
    public required long TiedMatches { get; init; }

    /// <summary>
    /// Groups of records connected by pairs that were too hard for the exact one-to-one assignment within its bound of
    /// work, and were assigned heaviest pair first. Usually 0; else a default value was not recognized as missing.
    /// </summary>
    public required int FallbackComponents { get; init; }

    /// <summary>How firmly each entity of two records or more hangs together, those most in doubt first.</summary>
    public required IReadOnlyList<EntityMetrics> EntityMetrics { get; init; }

    /// <summary>The decisions of persons that were followed.</summary>
    public required DecisionUse DecisionUse { get; init; }

    /// <summary>For every file the records that cannot be linked, in the order of the files.</summary>
    public IReadOnlyList<UnlinkableRecords> Unlinkable => Reach.Unlinkable;

    /// <summary>Random ids of the entities: 32 lower-case hex digits, by entity number.</summary>
    public required IReadOnlyList<string> LinkIds { get; init; }

    /// <summary>Pairs that would be over a threshold if none of their records had a better partner.</summary>
    public required long LostPairs { get; init; }

    /// <summary>What rivalry between pairs added to the log-odds of each, in bits; 0 where there was none.</summary>
    public required double PosteriorScaleBits { get; init; }

    /// <summary>What each record could reach.</summary>
    internal ReachTable Reach { get; }

    /// <summary>Number of records of all files.</summary>
    public int RecordCount => _space.Count;

    /// <summary>What a careful reader should know before the result is used.</summary>
    /// <returns>One or two plain sentences each, gravest first; empty when there is nothing to say.</returns>
    public IReadOnlyList<string> FindWarnings() => RunWarnings.Find(this, RunCounts.From(this));

    /// <summary>A record by its number.</summary>
    /// <param name="record">0 to <see cref="RecordCount"/> − 1.</param>
    /// <returns>Party and handle.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    public RecordReference Record(int record)
    {
        ThrowIfUnknown(record);
        return _space.Reference(record);
    }

    /// <summary>The entity of a record.</summary>
    /// <param name="record">0 to <see cref="RecordCount"/> − 1.</param>
    /// <returns>The entity's number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    public int EntityOf(int record)
    {
        ThrowIfUnknown(record);
        return _entities[record];
    }

    private void ThrowIfUnknown(int record)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(record);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(record, RecordCount);
    }
}
