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
    /// <summary>Components with more edges than this keep the greedy answer; the result counts them.</summary>
    /// <remarks>
    /// The exact method takes at worst (records × edges × log records) steps. A component this large is a chain of
    /// weak links, not people: a default value nobody recognized as missing, or a threshold far too low.
    /// </remarks>
    internal const int MaxComponentEdges = 20_000;

    /// <summary>Solves the assignment.</summary>
    /// <param name="edges">Heaviest first.</param>
    /// <param name="limits">Which sides may have one partner only.</param>
    /// <param name="cancellationToken">Looked at between searches, several thousand times a second.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static AssignmentResult Solve(
        ReadOnlySpan<WeightedEdge> edges, AssignmentLimits limits, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool[] kept = GreedyAssignment.Solve(edges, limits);
        if (limits != AssignmentLimits.OneToOne)
        {
            // With one free side, greedy already gives every limited record its best edge.
            return new AssignmentResult(kept, 0, 0);
        }

        OpenComponents open = OpenComponents.Find(EdgeOrder.Positive(edges), kept, MaxComponentEdges);
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        _ = Parallel.For(
            0,
            open.Count,
            options,
            () => new ComponentSolver(),
            (component, _, solver) =>
            {
                open.Solve(component, solver, kept, cancellationToken);
                return solver;
            },
            _ => { });
        return new AssignmentResult(kept, open.OversizedComponents, open.OversizedEdges);
    }
}
