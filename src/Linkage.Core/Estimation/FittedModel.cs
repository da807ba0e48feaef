using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>A model and how its estimation ended.</summary>
internal sealed record FittedModel(FellegiSunterModel Model, EmFit Fit);
