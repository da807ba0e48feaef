using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>A model, how its estimation ended, and the parameters it was made of.</summary>
internal sealed record FittedModel(FellegiSunterModel Model, EmFit Fit, EmParameters Parameters);
