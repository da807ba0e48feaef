using System.Globalization;
using Linkage.Core.Estimation;
using Linkage.Core.Evaluation;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;
using Xunit.Abstractions;

namespace Linkage.Core.Tests.Reference;

/// <summary>What protection costs: encodings against plaintext over the same candidates, by the same model.</summary>
public sealed class Pair50kTests(Pair50k people, ITestOutputHelper output) : IClassFixture<Pair50k>
{
    private static readonly OneToOneMode[] Modes = [OneToOneMode.Off, OneToOneMode.Optimal];

    private static readonly ulong[] Seeds = [1, 2, 3];

    private (string Name, ReferenceRun Run)[] Runs =>
        [("protected", people.Protected), ("plain", people.Plain), ("plaintext", people.Plaintext)];

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private double F1(string name, ReferenceRun run, OneToOneMode mode)
    {
        LinkageQuality found = run.Evaluate(mode);
        Write($"{name}, {mode}: precision {found.Precision:F4}, recall {found.Recall:F4}, F1 {found.F1:F4}");
        return found.F1;
    }

    [SharedDataFact]
    public void Evaluate_ProtectedAgainstPlaintext_LosesHalfAPointAtMost() => Assert.All(Modes, mode =>
        Assert.InRange(
            F1("protected", people.Protected, mode), F1("plaintext", people.Plaintext, mode) - 0.005, 1));

    [SharedDataFact]
    public void Evaluate_ProtectedAgainstPlainEncodings_DiffersByHalfAPointAtMost() => Assert.All(Modes, mode =>
        Assert.Equal(F1("plain", people.Plain, mode), F1("protected", people.Protected, mode), 0.005));

    [SharedDataFact]
    public void FitFrom_ThreeRandomStarts_ReachTheOptimumOfTheChosen()
    {
        foreach ((string name, ReferenceRun run) in Runs)
        {
            foreach (ulong seed in Seeds)
            {
                FittedModel fitted = run.FitFrom(
                    (patterns, comparisons) => RandomStart.FromOrderedModel(patterns, comparisons, seed));

                Assert.True(fitted.Fit.HasConverged);
                foreach (OneToOneMode mode in Modes)
                {
                    double found = run.Evaluate(mode, fitted.Model).F1;
                    Write($"{name}, start {seed}, {mode}: F1 {found:F4} after {fitted.Fit.Iterations} iterations");
                    Assert.Equal(run.Evaluate(mode).F1, found, 0.002);
                }
            }
        }
    }

    [SharedDataFact]
    public void FitFrom_BlindStart_IsSeenToHaveFoundNoPersonsWhereItEndsElsewhere()
    {
        foreach ((string name, ReferenceRun run) in Runs)
        {
            foreach (ulong seed in Seeds)
            {
                FittedModel fitted = run.FitFrom((patterns, _) => RandomStart.Blind(patterns, seed));
                double found = run.Evaluate(OneToOneMode.Off, fitted.Model).F1;
                Write($"{name}, blind {seed}: F1 {found:F4}, excess matches {fitted.Fit.ExcessMatches:F3}");

                bool isTheSame = Math.Abs(found - run.Evaluate(OneToOneMode.Off).F1) <= 0.002;
                Assert.True(isTheSame || fitted.Fit.ExcessMatches > ModelEstimator.TolerableExcess);
            }
        }
    }

    [SharedDataFact]
    public void RecallByGroup_ProtectedAgainstPlaintext_WidensNoGap()
    {
        foreach (OneToOneMode mode in Modes)
        {
            IReadOnlyList<IntervalEstimate> found = people.Protected.RecallByGroup(mode);
            IReadOnlyList<IntervalEstimate> reference = people.Plaintext.RecallByGroup(mode);
            IntervalEstimate best = found.MaxBy(recall => recall.Value);
            double bestOfReference = reference.Max(recall => recall.Value);
            Assert.Equal(6, found.Count);
            for (int group = 0; group < found.Count; group++)
            {
                IntervalEstimate recall = found[group];
                double leastGap = ProportionIntervals.Difference(best, recall).Low;
                double gap = best.Value - recall.Value;
                double gapOfReference = bestOfReference - reference[group].Value;
                Write($"{mode}, group {group + 1}: {recall.Value:F4} ({recall.Low:F4} to {recall.High:F4}), ");
                Write($"  gap {gap:F4} (from {leastGap:F4}), plaintext {gapOfReference:F4}");
                Assert.True(leastGap <= gapOfReference);
            }
        }
    }

    [SharedDataFact]
    public void EstimateMeetings_AnyComparison_IsNearTheTruth() => Assert.All(Runs, run =>
    {
        double truth = run.Run.MeasureMeetings();
        double found = run.Run.EstimateMeetings()!.Estimate;
        Write($"{run.Name}: completeness {truth:F4}, estimated {found:F4}");
        Assert.Equal(truth, found, 0.005);
    });

    [SharedDataFact]
    public void Expect_AnyComparison_IsNearTheTruth() => Assert.All(Runs, run => AssertExpected(run.Name, run.Run));

    [SharedDataFact]
    public void Expect_Febrl4_IsNearTheTruth()
    {
        using KnownPeople febrl4 = KnownPeople.ReadFebrl4();
        ReferenceRun run = ReferenceRun.OnEncodings(febrl4);

        AssertExpected("protected", run);
        AssertExpected("plaintext", ReferenceRun.OnPlaintext(febrl4, run.Candidates));
    }

    [SharedDataFact]
    public void Match_Protected_IsWhatTheLinkerDecides()
    {
        LinkResult result = Linker.Link(people.ProtectedPeople.Files, new LinkerOptions { Seed = 1 });

        Assert.Equal(
            people.Protected.Match(OneToOneMode.Optimal).Select(pair => (pair.Left, pair.Right)).Order(),
            result.Pairs.Where(pair => pair.Decision == Decision.Match)
                .Select(pair => (pair.LeftRecord, pair.RightRecord)).Order());
        Assert.Equal(people.Protected.EstimateMeetings()!.Estimate, result.Completeness!.Estimate);
    }

    private void AssertExpected(string name, ReferenceRun run)
    {
        foreach (OneToOneMode mode in (OneToOneMode[])[OneToOneMode.Off, OneToOneMode.Optimal])
        {
            LinkageQuality truth = run.Evaluate(mode);
            double recall = truth.Recall / run.MeasureMeetings();
            (double expectedPrecision, double expectedRecall) = run.Expect(mode);
            Write($"{name}, {mode}: precision {truth.Precision:F4}, expected {expectedPrecision:F4}");
            Write($"{name}, {mode}: recall among candidates {recall:F4}, expected {expectedRecall:F4}");
            Assert.Equal(truth.Precision, expectedPrecision, 0.02);
            Assert.Equal(recall, expectedRecall, 0.02);
        }
    }
}
