using Linkage.Core.Model;

namespace Linkage.Core.Estimation;

/// <summary>What is known before an estimation begins.</summary>
/// <param name="ChanceAgreement">
/// Shares of levels among random pairs, as the owners counted them: [comparison][level]; null where nobody did.
/// </param>
/// <param name="Model">An earlier model of the same comparisons.</param>
/// <param name="Decided">Candidate pairs that a person has decided: whether they are matches.</param>
internal sealed record PriorKnowledge(
    IReadOnlyList<double[]?>? ChanceAgreement, FellegiSunterModel? Model, IReadOnlyDictionary<int, bool>? Decided)
{
    /// <summary>Nothing is known.</summary>
    public static PriorKnowledge None { get; } = new(null, null, null);
}
