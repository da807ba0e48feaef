using Linkage.Core.Comparisons;
using Linkage.Core.Merging;

namespace Linkage.Core.Estimation;

/// <summary>Fits the model from several starts and in two families, and picks the one that finds persons.</summary>
/// <remarks>
/// <para>
/// A likelihood may be greatest where the "matches" are something else: pairs that share a home, or a crowd of
/// strangers. That shows itself by giving one record several matches in a file without duplicates, so the fits with few
/// such matches come first and the likelihood decides among them. A crowd of strangers also shows itself by "matches"
/// that differ in most comparisons; a fit that finds next to nobody is better than that.
/// </para>
/// <para>
/// The family with a kind of non-match a pass is preferred: it explains why non-matches agree, and so finds matches
/// that one crowd of non-matches hides. On noisy data a pass in which hardly anybody but matches meets can turn its
/// kind into a second class of matches; then this family finds clearly fewer matches than the simple one, which is used
/// instead.
/// </para>
/// </remarks>
internal sealed class ModelEstimator
{
    /// <summary>The greatest share of excess matches at which a fit is held to have found persons.</summary>
    /// <remarks>
    /// Near-duplicates and twins leave a few percent; households of three to four leave half and more.
    /// </remarks>
    internal const double TolerableExcess = 0.1;

    // Kinds make matches visible; a twentieth fewer of them than without kinds means that a kind has taken them.
    private const double LeastKeptMatches = 0.95;

    // One match in a hundred with a second partner is a chance likeness; households bring many more.
    private const double NegligibleExcess = 0.01;

    private readonly CandidatePairs _candidates;
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly OneToOneView _view;
    private readonly IReadOnlyList<PassFields> _passes;
    private readonly PriorKnowledge _knowledge;
    private readonly EmOptions _options;

    public ModelEstimator(
        CandidatePairs candidates,
        IReadOnlyList<Comparison> comparisons,
        OneToOneView view,
        IReadOnlyList<PassFields> passes,
        EmOptions options,
        PriorKnowledge? knowledge = null)
    {
        _candidates = candidates;
        _comparisons = comparisons;
        _view = view;
        _passes = passes;
        _knowledge = knowledge ?? PriorKnowledge.None;
        _options = options;
    }

    public EstimatedModel Estimate(
        string linkageFingerprint, IProgress<Bloom.StageProgress>? progress, CancellationToken cancellationToken)
    {
        var withKinds = FamilyFitter.WithKinds(_candidates, _comparisons, _view, _passes, _knowledge, _options);
        IReadOnlyList<FittedModel> kinds = withKinds.Fit("", linkageFingerprint, cancellationToken);
        progress?.Report(new Bloom.StageProgress("estimating", 1, 2));
        var withOneKind = FamilyFitter.WithOneKind(_candidates, _comparisons, _view, _knowledge, _options);
        IReadOnlyList<FittedModel> crowd =
            withOneKind.Fit(", one kind of non-match", linkageFingerprint, cancellationToken);
        progress?.Report(new Bloom.StageProgress("estimating", 2, 2));

        FittedModel chosen = Choose(Best(kinds), Best(crowd));
        (ModelIntervals? intervals, IReadOnlyList<ComparisonDependence> dependence) =
            (kinds.Contains(chosen) ? withKinds : withOneKind).Examine(chosen.Parameters);
        FittedModel[] all = [.. kinds, .. crowd];
        return new EstimatedModel(
            chosen.Model, [.. all.Select(one => one.Fit with { IsChosen = one == chosen })], intervals, dependence);
    }

    /// <summary>Picks between the best fits of the two families.</summary>
    internal static FittedModel Choose(FittedModel kinds, FittedModel crowd)
    {
        if (IsTolerable(kinds) != IsTolerable(crowd))
        {
            return IsTolerable(kinds) ? kinds : crowd;
        }

        bool isOneToOne = crowd.Fit.ExcessMatches <= kinds.Fit.ExcessMatches + NegligibleExcess;
        bool takesMatches = kinds.Fit.PriorMatchProbability < LeastKeptMatches * crowd.Fit.PriorMatchProbability;
        return isOneToOne && (takesMatches || !IsTolerable(kinds)) ? crowd : kinds;
    }

    private static FittedModel Best(IReadOnlyList<FittedModel> fits)
    {
        FittedModel best = fits[0];
        foreach (FittedModel other in fits.Skip(1))
        {
            bool better = IsTolerable(other) == IsTolerable(best)
                ? (IsTolerable(other)
                    ? other.Fit.LogLikelihood > best.Fit.LogLikelihood
                    : other.Fit.ExcessMatches < best.Fit.ExcessMatches)
                : IsTolerable(other);
            best = better ? other : best;
        }

        return best;
    }

    private static bool IsTolerable(FittedModel fitted) =>
        fitted.Fit.ExcessMatches <= TolerableExcess && !fitted.Model.MatchesMostlyDiffer;
}
