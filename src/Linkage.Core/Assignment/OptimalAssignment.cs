namespace Linkage.Core.Assignment;

/// <summary>Keeps the set of edges with the largest total weight in which no limited record has two partners.</summary>
/// <remarks>
/// <para>
/// Records need not be matched, and an edge with a weight of zero or less never is. The greedy answer comes first;
/// only components where a bound does not prove it the best are solved, each by itself (<see cref="ComponentSolver"/>).
/// In linkage few are: most components have one to three edges.
/// </para>
/// <para>
/// Among answers with one total the greedy one is taken if it is among them, so a tie goes to the earlier edge;
/// otherwise the answer depends on the order of the component's edges alone, never on other components or threads.
/// </para>
/// </remarks>
internal static class OptimalAssignment
{
    /// <summary>A component that takes more steps than this keeps the greedy answer; the result counts it.</summary>
    /// <remarks>
    /// A step is a look at an edge, so the bound is the same on every machine: a few seconds' work at worst. A
    /// component of up to 4,400 edges can never take so many, since no search looks at an edge twice; typical ones of a
    /// million edges do not either. Those that do are dense with near ties: not people, but a default value nobody
    /// recognized as missing.
    /// </remarks>
    internal const long MaxComponentSteps = 20_000_000;

    /// <summary>Solves the assignment.</summary>
    /// <param name="edges">Heaviest first.</param>
    /// <param name="limits">Which sides may have one partner only.</param>
    /// <param name="cancellationToken">Looked at before each search for a partner.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static AssignmentResult Solve(
        ReadOnlySpan<WeightedEdge> edges, AssignmentLimits limits, CancellationToken cancellationToken = default) =>
        Solve(edges, limits, MaxComponentSteps, cancellationToken);

    /// <summary>Solves the assignment with a given bound on the work for one component.</summary>
    internal static AssignmentResult Solve(
        ReadOnlySpan<WeightedEdge> edges,
        AssignmentLimits limits,
        long maxComponentSteps,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool[] kept = GreedyAssignment.Solve(edges, limits);
        if (limits != AssignmentLimits.OneToOne)
        {
            // With one free side, greedy already gives every limited record its best edge.
            return new AssignmentResult(kept, 0, 0);
        }

        OpenComponents open = OpenComponents.Find(EdgeOrder.Positive(edges), kept);
        bool[] isSolved = new bool[open.Count];
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        _ = Parallel.For(
            0,
            open.Count,
            options,
            () => new ComponentSolver(maxComponentSteps),
            (component, _, solver) =>
            {
                isSolved[component] = open.Solve(component, solver, kept, cancellationToken);
                return solver;
            },
            _ => { });
        return Sum(open, kept, isSolved);
    }

    private static AssignmentResult Sum(OpenComponents open, bool[] kept, bool[] isSolved)
    {
        int components = 0;
        long edges = 0;
        for (int component = 0; component < isSolved.Length; component++)
        {
            if (!isSolved[component])
            {
                components++;
                edges += open.Edges(component);
            }
        }

        return new AssignmentResult(kept, components, edges);
    }
}
