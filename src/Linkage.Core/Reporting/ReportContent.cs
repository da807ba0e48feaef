namespace Linkage.Core.Reporting;

/// <summary>What all sections of the report draw on.</summary>
internal sealed record ReportContent(
    LinkResult Result, RunFacts Facts, RunCounts Counts, IReadOnlyList<string> Warnings)
{
    /// <summary>The weight from which the probability of a pair without rivals reaches a threshold.</summary>
    public double WeightOf(double probability)
    {
        double prior = Result.Model.PriorMatchProbability;
        return Math.Log2(probability / (1 - probability)) - Math.Log2(prior / (1 - prior))
            - Result.PosteriorScaleBits;
    }
}
