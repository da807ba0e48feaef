using Linkage.Core.Comparisons;
using Linkage.Core.Scoring;

namespace Linkage.Core.Lookup;

/// <summary>A record of an index that is, or may be, the person that was asked for.</summary>
/// <param name="Record">The record.</param>
/// <param name="Number">Its number in the index.</param>
/// <param name="Vector">The answers of all comparisons.</param>
/// <param name="Weight">The evidence.</param>
/// <param name="Probability">The probability that both are one person, by this pair alone.</param>
/// <param name="Decision">What the thresholds say of it.</param>
public readonly record struct LookupMatch(
    RecordReference Record,
    int Number,
    ComparisonVector Vector,
    MatchWeight Weight,
    MatchProbability Probability,
    Decision Decision);
