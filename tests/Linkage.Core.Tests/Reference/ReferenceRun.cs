using Linkage.Core.Assignment;
using Linkage.Core.Blocking;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Evaluation;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Tests.Reference;

/// <summary>The linkage unit's way from candidates to decisions, over comparisons of either sort.</summary>
internal sealed class ReferenceRun
{
    private readonly KnownPeople _people;

    private ReferenceRun(KnownPeople people, CandidatePairs candidates, PriorKnowledge knowledge)
    {
        _people = people;
        Candidates = candidates;
        LinkPlan plan = PlanFor(OneToOneMode.Off);
        EstimatedModel estimated = new ModelEstimator(
            candidates,
            Comparison.FromSchema(plan.Schema),
            ViewOf(plan),
            PassFields.FromSchema(plan.Schema),
            plan.Options.Estimation,
            knowledge).Estimate(plan.Schema.LinkageFingerprint, null, CancellationToken.None);
        (Model, Fits) = (estimated.Model, estimated.Fits);
        Scores = new PatternScores(candidates.Patterns, Model);
    }

    public CandidatePairs Candidates { get; }

    public FellegiSunterModel Model { get; }

    public IReadOnlyList<EmFit> Fits { get; }

    public PatternScores Scores { get; }

    /// <summary>Joins the encoded files and compares encodings.</summary>
    public static ReferenceRun OnEncodings(KnownPeople people)
    {
        LinkPlan plan = LinkPlan.Create(people.Files, new LinkerOptions());
        var comparer = new RowComparer(plan.Schema);
        var merger = new PassMerger(plan.Files, people.Space);
        for (int pass = 0; pass < plan.Schema.Passes.Count; pass++)
        {
            var join = new PassJoin(plan.Files, pass, plan.CompareWithin, comparer);
            merger.Add(pass, join.Run(CancellationToken.None).Pairs);
        }

        IReadOnlyList<double[]?> counted = ChanceAgreement.Pool(plan.Schema, plan.Files.Select(file => file.Header));
        return new ReferenceRun(people, merger.Merge(), new PriorKnowledge(counted, null, null));
    }

    /// <summary>The same candidates, met in the same passes, by what their normal forms say.</summary>
    public static ReferenceRun OnPlaintext(KnownPeople people, CandidatePairs candidates)
    {
        var comparer = new PlaintextComparer(people.Schema);
        var met = new List<MetPair>();
        for (int i = 0; i < candidates.Count; i++)
        {
            (int left, int right) = (candidates.Left[i], candidates.Right[i]);
            ComparisonVector vector = comparer.Compare(people.ValuesOf(left), people.ValuesOf(right));
            for (int pass = 0; pass < people.Schema.Passes.Count; pass++)
            {
                if ((candidates.Captures[i] >> pass & 1) != 0)
                {
                    met.Add(new MetPair(left, right, pass, vector));
                }
            }
        }

        // What owners count is of encodings, so it says nothing here.
        return new ReferenceRun(people, CandidatePairs.From(met), PriorKnowledge.None);
    }

    /// <summary>Fits the family of the chosen model from a start of one's own.</summary>
    /// <param name="start">
    /// Gives for every pattern the probability with which it is first held a match.
    /// </param>
    public FittedModel FitFrom(Func<IReadOnlyList<AgreementPattern>, IReadOnlyList<Comparison>, double[]> start)
    {
        LinkPlan plan = PlanFor(OneToOneMode.Off);
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(plan.Schema);
        FamilyFitter fitter = Model.NonMatchKinds.Count > 1
            ? FamilyFitter.WithKinds(
                Candidates,
                comparisons,
                ViewOf(plan),
                PassFields.FromSchema(plan.Schema),
                PriorKnowledge.None,
                plan.Options.Estimation)
            : FamilyFitter.WithOneKind(
                Candidates, comparisons, ViewOf(plan), PriorKnowledge.None, plan.Options.Estimation);
        double[] matches = start(Candidates.Patterns, comparisons);
        return fitter.FitFrom("drawn", matches, plan.Schema.LinkageFingerprint, CancellationToken.None);
    }

    /// <summary>The pairs decided to be matches, by this run's model or another.</summary>
    public PredictedPair[] Match(OneToOneMode mode, FellegiSunterModel? model = null)
    {
        PatternScores scores = model is null ? Scores : new PatternScores(Candidates.Patterns, model);
        Decision[] decisions = Decide(PlanFor(mode), scores);
        return
        [
            .. Enumerable.Range(0, Candidates.Count).Where(i => decisions[i] == Decision.Match).Select(
                i => new PredictedPair(
                    Candidates.Left[i], Candidates.Right[i], scores.Weights[Candidates.Pattern[i]], IsMatch: true)),
        ];
    }

    /// <summary>The quality of the matches.</summary>
    public LinkageQuality Evaluate(OneToOneMode mode, FellegiSunterModel? model = null) =>
        PairEvaluator.Evaluate(_people.Truth, Match(mode, model));

    /// <summary>For every group of people the share of its true pairs that became matches.</summary>
    public IReadOnlyList<IntervalEstimate> RecallByGroup(OneToOneMode mode) =>
    [
        .. PairEvaluator.EvaluateByGroup(_people.Truth, Match(mode)).Select(
            group => ProportionIntervals.Wilson(
                group.Quality.Recall,
                group.Quality.CorrectPairs,
                group.Quality.TruePairs,
                ProportionIntervals.UsualQuantile)),
    ];

    /// <summary>Share of the true pairs that met, and so are candidates.</summary>
    public double MeasureMeetings() => PairEvaluator.Evaluate(
        _people.Truth,
        [
            .. Enumerable.Range(0, Candidates.Count).Select(
                i => new PredictedPair(Candidates.Left[i], Candidates.Right[i], 0, IsMatch: true)),
        ]).Recall;

    /// <summary>The same share as the unit estimates it.</summary>
    public PairsCompleteness? EstimateMeetings()
    {
        LinkPlan plan = PlanFor(OneToOneMode.Optimal);
        return PairsCompletenessEstimator.Estimate(plan, Candidates, Decider(plan, Scores).Probabilities).Completeness;
    }

    /// <summary>Precision, and recall among the candidates, that the match probabilities promise.</summary>
    public (double Precision, double Recall) Expect(OneToOneMode mode)
    {
        PairDecider decider = Decider(PlanFor(mode), Scores);
        Decision[] decisions = decider.Decide(PlanFor(mode).Schema.Thresholds, CancellationToken.None).Decisions;
        double kept = 0;
        double all = 0;
        for (int i = 0; i < decisions.Length; i++)
        {
            double probability = decider.Probabilities.Values[i];
            all += probability;
            kept += decisions[i] == Decision.Match ? probability : 0;
        }

        return (kept / decisions.Count(decision => decision == Decision.Match), kept / all);
    }

    private Decision[] Decide(LinkPlan plan, PatternScores scores) =>
        Decider(plan, scores).Decide(plan.Schema.Thresholds, CancellationToken.None).Decisions;

    private PairDecider Decider(LinkPlan plan, PatternScores scores) => new(
        plan,
        _people.Space,
        Candidates,
        scores,
        OneToOnePosterior.Solve(
            plan, _people.Space, Candidates, scores, DecidedLinks.None, CancellationToken.None),
        DecidedLinks.None);

    private LinkPlan PlanFor(OneToOneMode mode) =>
        LinkPlan.Create(_people.Files, new LinkerOptions { OneToOne = mode });

    private OneToOneView ViewOf(LinkPlan plan) => new(Candidates, _people.Space.Parties(), plan.DuplicatesFree);
}
