using Linkage.Bloom;
using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;
using Linkage.Core.Clustering;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Evaluation;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core;

/// <summary>Links encoded files: the linkage unit's whole work, without key and plaintext.</summary>
public static class Linker
{
    /// <summary>Links the files of two or more parties, or finds duplicates in one.</summary>
    /// <param name="files">Files of one project, key and schema, of different parties.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told of passes joined and starts fitted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pairs, entities, model and counts; the same for the same files, options and seed.</returns>
    /// <exception cref="EncodingFormatException">The files do not belong together; the message says why.</exception>
    /// <exception cref="ArgumentException">The options name an unknown party or do not fit the files.</exception>
    public static LinkResult Link(
        IReadOnlyList<EncodedFile> files,
        LinkerOptions? options = null,
        IProgress<StageProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        LinkPlan plan = LinkPlan.Create(files, options ?? new LinkerOptions());
        var space = new RecordSpace(files);
        (CandidatePairs candidates, BlockTally[] tallies) = FindCandidates(plan, space, progress, cancellationToken);
        (FellegiSunterModel model, IReadOnlyList<EmFit> fits) =
            Estimate(plan, space, candidates, progress, cancellationToken);
        var scores = new PatternScores(candidates.Patterns, model);
        PairProbabilities probabilities =
            OneToOnePosterior.Solve(plan, space, candidates, scores, cancellationToken);
        var decider = new PairDecider(plan, space, candidates, scores, probabilities);
        ThresholdTable table = ThresholdEstimator.Estimate(
            decider, plan.Schema.Thresholds, scores.PriorLogOdds, cancellationToken);
        DecisionThresholds thresholds = table.Choose(plan.Schema.Thresholds, plan.Options.TargetFalseDiscovery);
        Decision[] decisions = decider.Decide(thresholds, cancellationToken);
        progress?.Report(new StageProgress("clustering", 0, 1));
        EntityClusters clusters = LinkClusterer.Cluster(plan, space, candidates, scores, probabilities, decisions);
        LinkedPair[] pairs = KeptPairs.Select(plan, space, candidates, scores, probabilities, decisions);
        progress?.Report(new StageProgress("clustering", 1, 1));
        (PairsCompleteness? completeness, string? refusal) =
            PairsCompletenessEstimator.Estimate(plan, candidates, probabilities);
        return new LinkResult(space, clusters.Labels)
        {
            Schema = plan.Schema,
            Files = [.. files.Select(file => file.Header)],
            Options = plan.Options,
            Pairs = pairs,
            Model = model,
            Fits = fits,
            Passes = tallies,
            Completeness = completeness,
            NoCompletenessReason = refusal,
            Thresholds = thresholds,
            ThresholdTable = table,
            Calibration = ContradictionCounter.Check(
                candidates, space.Parties(), plan.DuplicatesFree, scores.Probabilities),
            PosteriorScaleBits = probabilities.ScaleBits,
            LostPairs = decider.CountLost(decisions, thresholds),
            Patterns = candidates.Patterns,
            CandidateCount = candidates.Count,
            EntityCount = clusters.Count,
            RefusedLinks = clusters.RefusedEdges,
            LinkIds = LinkIds.Create(clusters.Count, plan.Options.Seed, LinkIds.SecretOf(plan.Files)),
        };
    }

    private static (CandidatePairs Candidates, BlockTally[] Tallies) FindCandidates(
        LinkPlan plan, RecordSpace space, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        LinkageSchema schema = plan.Schema;
        var comparer = new RowComparer(schema);
        var merger = new PassMerger(plan.Files, space);
        var joined = new (int Pairs, RangeCounts Counts)[schema.Passes.Count];
        for (int pass = 0; pass < joined.Length; pass++)
        {
            progress?.Report(new StageProgress("comparing", pass, joined.Length));
            var join = new PassJoin(plan.Files, pass, plan.CompareWithin, comparer);
            (List<RowPair> pairs, RangeCounts counts) = join.Run(cancellationToken);
            joined[pass] = (pairs.Count, counts);
            merger.Add(pass, pairs);
        }

        progress?.Report(new StageProgress("comparing", joined.Length, joined.Length));
        CandidatePairs candidates = merger.Merge();
        long[] fresh = candidates.CountByFirstPass(joined.Length);
        BlockTally[] tallies =
        [
            .. joined.Select((part, pass) => new BlockTally(
                schema.Passes[pass].Name,
                part.Counts.SharedBlocks,
                part.Pairs,
                part.Counts.LargestBlock,
                part.Counts.DroppedBlocks,
                fresh[pass])),
        ];
        return (candidates, tallies);
    }

    private static (FellegiSunterModel Model, IReadOnlyList<EmFit> Fits) Estimate(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (plan.Options.Model is { } given)
        {
            return (given, []);
        }

        var estimator = new ModelEstimator(
            candidates,
            Comparison.FromSchema(plan.Schema),
            new OneToOneView(candidates, space.Parties(), plan.DuplicatesFree),
            PassFields.FromSchema(plan.Schema),
            plan.Options.Estimation);
        return estimator.Estimate(plan.Schema.LinkageFingerprint, progress, cancellationToken);
    }
}
