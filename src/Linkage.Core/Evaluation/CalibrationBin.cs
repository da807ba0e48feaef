namespace Linkage.Core.Evaluation;

/// <summary>The listed pairs whose stated probability lies in one range, and what became of them.</summary>
/// <param name="From">Lower end of the range; belongs to it.</param>
/// <param name="To">Upper end; belongs to the next range, but 1 to the last.</param>
/// <param name="Pairs">Listed pairs in the range; at least one.</param>
/// <param name="MeanProbability">Mean of what the model states of them.</param>
/// <param name="TrueShare">Share of them that are true, with its interval by Wilson 1927.</param>
public sealed record CalibrationBin(
    double From, double To, long Pairs, double MeanProbability, IntervalEstimate TrueShare);
