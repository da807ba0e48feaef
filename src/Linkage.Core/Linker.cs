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
    /// <exception cref="EncodingFormatException">
    /// The files do not belong together, or a decision speaks of records they lack or contradicts another; the message
    /// says why.
    /// </exception>
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
        var decided = DecidedPairs.From(plan, space);
        (CandidatePairs candidates, BlockTally[] tallies) = FindCandidates(plan, space, progress, cancellationToken);
        EstimatedModel estimated = Estimate(plan, space, candidates, decided, progress, cancellationToken);
        FellegiSunterModel model = estimated.Model;
        var scores = new PatternScores(candidates.Patterns, model);
        var decider = new PairDecider(
            plan,
            space,
            candidates,
            scores,
            OneToOnePosterior.Solve(plan, space, candidates, scores, decided.Links, cancellationToken),
            decided.Links);
        ThresholdTable table = ThresholdEstimator.Estimate(
            decider, plan.Schema.Thresholds, scores.PriorLogOdds, cancellationToken);
        DecisionThresholds thresholds = table.Choose(plan.Schema.Thresholds, plan.Options.TargetFalseDiscovery);
        (Decision[] decisions, long tiedMatches, int fallbackComponents) =
            decider.Decide(thresholds, cancellationToken);
        progress?.Report(new StageProgress("clustering", 0, 1));
        PairProbabilities probabilities = decider.Probabilities;
        EntityClusters clusters = LinkClusterer.Cluster(
            plan, space, candidates, scores, probabilities, decisions, decided.Links);
        LinkedPair[] pairs = KeptPairs.Select(plan, space, candidates, scores, probabilities, decisions);
        progress?.Report(new StageProgress("clustering", 1, 1));
        (PairsCompleteness? completeness, string? refusal) =
            PairsCompletenessEstimator.Estimate(plan, candidates, probabilities);
        var reach = ReachTable.Measure(plan, space, model, thresholds.Match, cancellationToken);
        return new LinkResult(space, clusters.Labels, reach)
        {
            Schema = plan.Schema,
            Files = [.. files.Select(file => file.Header)],
            Options = plan.Options,
            Pairs = pairs,
            Model = model,
            Fits = estimated.Fits,
            Intervals = estimated.Intervals,
            Dependence = estimated.Dependence,
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
            DecisionUse = decided.CountUse(candidates),
            RefusedLinks = clusters.RefusedEdges,
            BrokenPromises = clusters.BrokenPromises,
            TiedMatches = tiedMatches,
            FallbackComponents = fallbackComponents,
            EntityMetrics = LinkClusterer.Measure(space, clusters, pairs, decided.Links),
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

    private static EstimatedModel Estimate(
        LinkPlan plan,
        RecordSpace space,
        CandidatePairs candidates,
        DecidedPairs decided,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (plan.Options.Model is { } given)
        {
            return new EstimatedModel(given, [], null, []);
        }

        var estimator = new ModelEstimator(
            candidates,
            Comparison.FromSchema(plan.Schema),
            new OneToOneView(candidates, space.Parties(), plan.DuplicatesFree),
            PassFields.FromSchema(plan.Schema),
            plan.Options.Estimation,
            new PriorKnowledge(
                ChanceAgreement.Pool(plan.Schema, plan.Files.Select(file => file.Header)),
                plan.Options.Estimation.PriorModel,
                plan.Options.Estimation.LearnFromDecisions ? decided.Candidates(candidates) : null));
        return estimator.Estimate(plan.Schema.LinkageFingerprint, progress, cancellationToken);
    }
}
