namespace Linkage.Bloom;

/// <summary>How far a long piece of work has come.</summary>
/// <param name="Stage">What is being done, in a word or two.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 when not known.</param>
public readonly record struct StageProgress(string Stage, long Done, long Total);
