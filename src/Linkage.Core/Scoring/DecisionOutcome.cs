namespace Linkage.Core.Scoring;

/// <summary>What was decided about all candidate pairs, and how firmly the assignment stands.</summary>
/// <param name="Decisions">One a candidate pair.</param>
/// <param name="TiedMatches">
/// Matches kept by the order of records alone: another choice of partners would have had exactly the same weights.
/// </param>
/// <param name="FallbackComponents">
/// Groups of records connected by pairs that were too hard for the exact assignment and were assigned heaviest first.
/// </param>
internal sealed record DecisionOutcome(Decision[] Decisions, long TiedMatches, int FallbackComponents);
