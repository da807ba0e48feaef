namespace Linkage.Core.Assignment;

/// <summary>Which edges an assignment kept, and how much of it was not solved exactly.</summary>
/// <param name="Kept">Per edge, in the order given: whether the pair keeps its link.</param>
/// <param name="FallbackComponents">Components too hard for the exact method, which kept the greedy answer.</param>
/// <param name="FallbackEdges">Edges with positive weight in those components.</param>
internal sealed record AssignmentResult(bool[] Kept, int FallbackComponents, long FallbackEdges);
