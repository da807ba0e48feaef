using Linkage.Core.Estimation;

namespace Linkage.Cli.Unit;

/// <summary>How "link" was asked to estimate.</summary>
internal sealed record EstimationRequest
{
    /// <summary>Comparisons that are estimated together.</summary>
    public IReadOnlyList<FieldInteraction> Interactions { get; init; } = [];

    /// <summary>The file of an earlier model to begin with; null for none.</summary>
    public string? PriorModel { get; init; }

    /// <summary>Pairs the earlier model counts for.</summary>
    public double PriorPairs { get; init; } = new EmOptions().PriorModelPairs;

    /// <summary>Whether pairs that persons decided count as known.</summary>
    public bool LearnFromDecisions { get; init; }

    /// <summary>The number of matches expected; null for no expectation.</summary>
    public double? ExpectedMatches { get; init; }
}
