namespace Linkage.Core.Evaluation;

/// <summary>How far a record can be linked: where it can be met, and what an exact copy of it would be worth.</summary>
/// <param name="Passes">Passes in which it has a row; 0 means that it meets nobody.</param>
/// <param name="SelfProbability">Match probability with an exact copy of itself, 0 to 1.</param>
public readonly record struct RecordReach(int Passes, double SelfProbability);
