using System.Numerics;
using BenchmarkDotNet.Attributes;
using Linkage.Bloom.Storage;
using Linkage.Core;
using Linkage.Core.Blocking;
using Linkage.Core.Comparisons;
using Linkage.Core.Estimation;
using Linkage.Core.Internals;
using Linkage.Core.Merging;

namespace Linkage.Benchmarks;

/// <summary>Expectation-maximization from one start until it converges, over a hundred million pairs.</summary>
/// <remarks>
/// Two files of 50,000 people are joined and compared once; every pattern is then counted as often as makes the pairs a
/// hundred million, so that there are as many patterns as in a run of that size and no fewer iterations.
/// </remarks>
[MemoryDiagnoser]
public class EstimationBenchmarks
{
    private const long Pairs = 100_000_000;
    private const double GuessedPrior = 0.05;

    private EstimationCell[] _cells = [];
    private EmEstimator _em = null!;
    private double[][] _start = [];

    [GlobalSetup]
    public void Setup()
    {
        using var files = new SampleFiles(50_000, 2);
        using EncodedFile left = files.Encode(0);
        using EncodedFile right = files.Encode(1);
        LinkPlan plan = LinkPlan.Create([left, right], new LinkerOptions());
        EstimationCell[] cells = FindCandidates(plan).CountCells();
        long total = cells.Sum(cell => cell.Count);
        _cells = [.. cells.Select(cell => cell with { Count = cell.Count * Pairs / total })];
        IReadOnlyList<Comparison> comparisons = Comparison.FromSchema(plan.Schema);
        IReadOnlyList<PassFields> passes = PassFields.FromSchema(plan.Schema);
        _em = new EmEstimator(_cells, comparisons, passes, plan.Options.Estimation);
        _start = [.. _cells.Select(cell => Guess(cell, comparisons, passes.Count))];
        Console.WriteLine($"// {_cells.Length} cells, {FitFromLevelFrequencies()} iterations");
    }

    [Benchmark]
    public int FitFromLevelFrequencies() =>
        _em.Fit("", [.. _start.Select(row => (double[])row.Clone())], CancellationToken.None).Fit.Iterations;

    private static CandidatePairs FindCandidates(LinkPlan plan)
    {
        var merger = new PassMerger(plan.Files, new RecordSpace(plan.Files));
        var comparer = new RowComparer(plan.Schema);
        for (int pass = 0; pass < plan.Schema.Passes.Count; pass++)
        {
            var join = new PassJoin(plan.Files, pass, plan.CompareWithin, comparer);
            merger.Add(pass, join.Run(CancellationToken.None).Pairs);
        }

        return merger.Merge();
    }

    // As the product's first start: what agrees for being common is weighed against what agrees among matches.
    private double[] Guess(EstimationCell cell, IReadOnlyList<Comparison> comparisons, int passCount)
    {
        double odds = GuessedPrior / (1 - GuessedPrior);
        for (int c = 0; c < comparisons.Count; c++)
        {
            int level = cell.Vector[c];
            odds *= level < ComparisonVector.BothMissing
                ? LevelGuess.Agreeing(comparisons[c].LevelCount)[level] / _em.Frequencies[c][level] : 1;
        }

        double part = 1 / (1 + odds) / BitOperations.PopCount(cell.Captures);
        return
        [
            odds / (1 + odds),
            .. Enumerable.Range(0, passCount).Select(pass => cell.MayBeOfKind(pass) ? part : 0),
        ];
    }
}
