using FsCheck;
using FsCheck.Fluent;
using Linkage.Core.Assignment;
using Linkage.Core.Scoring;
using Linkage.Core.Tests.Support;

namespace Linkage.Core.Tests.Scoring;

/// <summary>Against the enumeration of all sets of edges. Left nodes are even, right nodes odd.</summary>
public sealed class MatchingMarginalsTests
{
    private const int Nodes = 12;

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static Arbitrary<WeightedEdge[]> Graphs => Gen.Choose(0, int.MaxValue)
        .Select(seed => Draw(new SmallRandom((ulong)seed)))
        .ToArbitrary();

    // Of up to 3 bits: no loop of near-certain edges, on which the answer leans too far.
    private static Arbitrary<WeightedEdge[]> MildGraphs => Gen.Choose(0, int.MaxValue)
        .Select(seed => Draw(new SmallRandom((ulong)seed))
            .Select(edge => new WeightedEdge(edge.Left, edge.Right, (edge.Weight / 2) - 3)).ToArray())
        .ToArbitrary();

    private static Arbitrary<WeightedEdge[]> Forests => Gen.Choose(0, int.MaxValue)
        .Select(seed => Forest(Draw(new SmallRandom((ulong)seed))))
        .ToArbitrary();

    /// <summary>Up to ten different edges of −6 to 12 bits.</summary>
    private static WeightedEdge[] Draw(SmallRandom random) =>
    [
        .. Enumerable.Range(0, random.Next(11))
            .Select(_ => new WeightedEdge(
                2 * random.Next(Nodes / 2), (2 * random.Next(Nodes / 2)) + 1, (18 * random.NextDouble()) - 6))
            .DistinctBy(edge => (edge.Left, edge.Right)),
    ];

    private static WeightedEdge[] Forest(WeightedEdge[] edges)
    {
        var sets = new DisjointSets(Nodes);
        var kept = new List<WeightedEdge>();
        foreach (WeightedEdge edge in edges)
        {
            (int a, int b) = (sets.Find(edge.Left), sets.Find(edge.Right));
            if (a != b)
            {
                sets.Union(a, b);
                kept.Add(edge);
            }
        }

        return [.. kept];
    }

    /// <summary>The marginals by adding up the weight of every set of edges.</summary>
    private static double[] Enumerate(WeightedEdge[] edges, double breach)
    {
        double[] sums = new double[edges.Length];
        double all = 0;
        for (int set = 0; set < 1 << edges.Length; set++)
        {
            WeightedEdge[] chosen = [.. edges.Where((_, e) => (set >> e & 1) != 0)];
            int[] degrees = new int[Nodes];
            foreach (WeightedEdge edge in chosen)
            {
                degrees[edge.Left]++;
                degrees[edge.Right]++;
            }

            double weight = chosen.Aggregate(1.0, (product, edge) => product * Math.Pow(2, edge.Weight))
                * Math.Pow(breach, degrees.Sum(degree => Math.Max(0, degree - 1)));
            all += weight;
            for (int e = 0; e < edges.Length; e++)
            {
                sums[e] += (set >> e & 1) != 0 ? weight : 0;
            }
        }

        return [.. sums.Select(sum => sum / all)];
    }

    private static double[] Solve(WeightedEdge[] edges, double breach = 0)
    {
        var graph = new MatchingMarginals(Nodes, edges, breach);
        graph.Solve(0);
        return graph.Probabilities;
    }

    private static double Apart(double[] one, double[] other) =>
        one.Zip(other).Select(pair => Math.Abs(pair.First - pair.Second)).DefaultIfEmpty().Max();

    [Fact]
    public void Solve_AnyForest_EqualsEnumeration() =>
        Check.One(Thorough, Prop.ForAll(Forests, edges => new[] { 0, 0.001, 0.3, 1 }.All(
            breach => Apart(Solve(edges, breach), Enumerate(edges, breach)) < 1e-8)));

    [Fact]
    public void Solve_GraphWithoutNearCertainEdges_IsCloseToEnumeration() =>
        Check.One(Thorough, Prop.ForAll(MildGraphs, edges => Apart(Solve(edges), Enumerate(edges, 0)) < 0.1));

    [Fact]
    public void Solve_ManyGraphs_IsCloseToEnumerationOnAverage() =>
        Assert.InRange(
            Enumerable.Range(0, 2000)
                .Select(seed => Draw(new SmallRandom((ulong)seed)))
                .Average(edges => Apart(Solve(edges), Enumerate(edges, 0))),
            0,
            0.002);

    [Fact]
    public void Solve_NearCertainSquareThatNearlyTies_LeansToTheHeavierMatching()
    {
        // One of two matchings, 2 ^ 0.7 to 1: known to come out too sure, and never on the wrong side.
        WeightedEdge[] square = [new(0, 1, 11.4), new(2, 3, 8.2), new(0, 3, 10.5), new(2, 1, 8.4)];

        double[] expected = Enumerate(square, 0);
        double[] found = Solve(square);

        Assert.InRange(expected[0], 0.5, 0.65);
        Assert.InRange(found[0], expected[0], 1);
        Assert.InRange(found[2], 0, expected[2]);
    }

    [Fact]
    public void Solve_AnyGraph_NoNodeHasMoreThanOnePartner() =>
        Check.One(Thorough, Prop.ForAll(Graphs, edges =>
        {
            double[] sums = new double[Nodes];
            double[] probabilities = Solve(edges);
            for (int e = 0; e < edges.Length; e++)
            {
                sums[edges[e].Left] += probabilities[e];
                sums[edges[e].Right] += probabilities[e];
            }

            return sums.All(sum => sum <= 1 + 1e-6);
        }));

    [Fact]
    public void Solve_RisingScale_ExpectsMoreEdges() =>
        Check.One(Thorough, Prop.ForAll(Graphs, edges =>
        {
            var graph = new MatchingMarginals(Nodes, edges);
            double[] sizes = [.. new[] { 0, 0.5, 1, 2 }.Select(graph.Solve)];
            return sizes.Zip(sizes.Skip(1)).All(pair => pair.First <= pair.Second + 1e-7);
        }));

    [Fact]
    public void Solve_TwoRivalsOfEvenOdds_ShareWithNobody() =>
        Assert.All(Solve([new(0, 1, 0), new(0, 3, 0)]), probability => Assert.Equal(1 / 3.0, probability, 12));

    [Fact]
    public void Solve_SureSquare_IsHalfAndHalf()
    {
        // Two records of one side and two of the other, all equally sure: damping ends what would swing for ever.
        double[] probabilities = Solve([new(0, 1, 60), new(0, 3, 60), new(2, 1, 60), new(2, 3, 60)]);

        Assert.All(probabilities, probability => Assert.Equal(0.5, probability, 6));
    }

    [Fact]
    public void Solve_OddsBeyondNumbers_StayProbabilities()
    {
        double[] probabilities = Solve([new(0, 1, 5000), new(0, 3, 5000), new(2, 3, -5000)], 0.01);

        Assert.Equal(1, probabilities[0], 6);
        Assert.Equal(1, probabilities[1], 6);
        Assert.Equal(0, probabilities[2], 6);
    }

    [Fact]
    public void Solve_ForestFarApart_IsAsEveryPartAlone() =>
        Check.One(Thorough, Prop.ForAll(Forests, Graphs, (forest, graph) =>
        {
            // Whatever rests early in one part must not stop the other.
            WeightedEdge[] moved = [.. graph.Select(e => new WeightedEdge(e.Left + Nodes, e.Right + Nodes, e.Weight))];
            var both = new MatchingMarginals(2 * Nodes, [.. forest, .. moved]);
            both.Solve(0);
            return Apart(both.Probabilities, [.. Solve(forest), .. Solve(graph)]) < 1e-12;
        }));

    [Fact]
    public void Solve_LongPath_EqualsTheRecursion()
    {
        // A path in which news of the ends has to go all the way: Z(n) = Z(n − 1) + o Z(n − 2).
        const int Edges = 60;
        const double Odds = 4;
        double[] sums = new double[Edges + 2];
        (sums[0], sums[1]) = (1, 1);
        for (int n = 2; n < sums.Length; n++)
        {
            sums[n] = sums[n - 1] + (Odds * sums[n - 2]);
        }

        WeightedEdge[] path = [.. Enumerable.Range(0, Edges).Select(e => new WeightedEdge(e, e + 1, 2))];
        var graph = new MatchingMarginals(Edges + 1, path);
        graph.Solve(0);

        for (int e = 0; e < Edges; e++)
        {
            double expected = Odds * sums[e] * sums[Edges - 1 - e] / sums[Edges + 1];
            Assert.Equal(expected, graph.Probabilities[e], 8);
        }
    }

    [Fact]
    public void FreeChances_Star_AreWhatIsLeft()
    {
        WeightedEdge[] edges = [new(0, 1, 0), new(0, 3, 1)];
        var graph = new MatchingMarginals(Nodes, edges);
        graph.Solve(0);

        double[] free = graph.FreeChances();

        // 1 + 1 + 2 states of the center; the first leaf is free in three of them.
        Assert.Equal(0.25, free[0], 12);
        Assert.Equal(0.75, free[1], 12);
        Assert.Equal(1, free[2]);
    }
}
