using Linkage.Core;
using Linkage.Core.Incremental;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>How a run decided, so that its entities can be carried on as it made them.</summary>
/// <param name="Match">From this probability a pair is a match.</param>
/// <param name="Possible">From this probability it is possible.</param>
/// <param name="DuplicateParties">Parties that may list a person more than once.</param>
/// <param name="IsOneToOne">Whether a record has one partner at most in a party without duplicates.</param>
/// <param name="PosteriorScaleBits">What rivalry between pairs added to the log-odds of each, in bits.</param>
internal sealed record RunBasis(
    double Match,
    double Possible,
    IReadOnlyList<string> DuplicateParties,
    bool IsOneToOne,
    double PosteriorScaleBits)
{
    /// <summary>The basis of a result.</summary>
    public static RunBasis Of(LinkResult result)
    {
        var options = IncrementalOptions.From(result);
        return new RunBasis(
            result.Thresholds.Match,
            result.Thresholds.Possible,
            options.DuplicateParties,
            options.IsOneToOne,
            options.PosteriorScaleBits);
    }
}
