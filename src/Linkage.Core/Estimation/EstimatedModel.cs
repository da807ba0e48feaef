using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>What an estimation found, and how far it can be trusted.</summary>
/// <param name="Model">The model.</param>
/// <param name="Fits">How every start ended.</param>
/// <param name="Intervals">Intervals of the model's figures; null where the pairs do not tell them apart.</param>
/// <param name="Dependence">How every two comparisons go together, strongest first.</param>
internal sealed record EstimatedModel(
    FellegiSunterModel Model,
    IReadOnlyList<EmFit> Fits,
    ModelIntervals? Intervals,
    IReadOnlyList<ComparisonDependence> Dependence);
