using Linkage.Bloom.Schemas;
using Linkage.Core.Assignment;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Scoring;

namespace Linkage.Core.Tests.Support;

/// <summary>Files of so many records a party, over which pairs made by hand are decided.</summary>
internal sealed class DecisionBench : IDisposable
{
    private readonly EncodedProject _project = new(SmallSchemas.TwoNumbers);

    public DecisionBench(params ReadOnlySpan<int> counts)
    {
        for (int party = 0; party < counts.Length; party++)
        {
            _project.Add($"party{party}", NumberRows.Make(counts[party], (ulong)party));
        }
    }

    /// <summary>Decides pairs whose levels are steps of a ladder of weights.</summary>
    public Decision[] Decide(
        (int Left, int Right, int Level)[] pairs,
        OneToOneMode mode,
        DecisionThresholds? thresholds = null,
        IReadOnlyList<string>? duplicates = null) =>
        DecideAfter([], pairs, mode, thresholds, duplicates).Decisions;

    /// <summary>The same after a person decided about some pairs.</summary>
    public DecisionOutcome DecideAfter(
        DecidedLink[] decided,
        (int Left, int Right, int Level)[] pairs,
        OneToOneMode mode,
        DecisionThresholds? thresholds = null,
        IReadOnlyList<string>? duplicates = null)
    {
        LinkageSchema schema = _project.Schema with { Thresholds = thresholds ?? DecisionThresholds.Default };
        var options = new LinkerOptions { OneToOne = mode, DuplicateParties = duplicates ?? [], Schema = schema };
        LinkPlan plan = LinkPlan.Create(_project.Files, options);
        var space = new RecordSpace(_project.Files);
        CandidatePairs candidates = Met.Pairs(pairs);
        var scores = new PatternScores(candidates.Patterns, TestModels.Ladder);
        var decider = new PairDecider(
            plan,
            space,
            candidates,
            scores,
            PairProbabilities.Alone(candidates, scores),
            DecidedLinks.From(space.Count, decided));
        return decider.Decide(schema.Thresholds, CancellationToken.None);
    }

    public void Dispose() => _project.Dispose();
}
