using System.Globalization;
using Linkage.Core.Evaluation;

namespace Linkage.Core.Reporting;

/// <summary>What an evaluation found, in words that need no statistics.</summary>
internal static class EvaluationText
{
    /// <summary>A share with its interval, for example <c>97.12 % (96.80 % to 97.41 %)</c>.</summary>
    public static string Share(IntervalEstimate estimate) => $"{FigureText.FineShare(estimate.Value)} "
        + $"({FigureText.FineShare(estimate.Low)} to {FigureText.FineShare(estimate.High)})";

    /// <summary>The findings over all records, the most important first.</summary>
    public static IReadOnlyList<string> Findings(LinkageEvaluation evaluation) =>
    [
        Wrong(evaluation.Total),
        Missed(evaluation.Total),
        .. Listed(evaluation),
        .. Expectation(evaluation),
        .. StatedCompleteness(evaluation),
        .. Reach(evaluation.Total),
        .. Groups(evaluation.Groups),
    ];

    /// <summary>What is to be said of a group beside the others.</summary>
    public static string Verdict(SubgroupQuality group)
    {
        string[] worse = [.. group.Gaps.Where(gap => gap.IsBeyondChance).Select(Describe)];
        if (worse.Length > 0)
        {
            return string.Join("; ", worse);
        }

        if (group.IsSmall)
        {
            return "too few pairs to say";
        }

        return group.Gaps.FirstOrDefault(gap => gap.Figure == SubgroupFigure.Recall) is { } recall
            ? $"no difference beyond chance (recall is at most {Points(recall.Gap.High)} points below the best group)"
            : "no difference beyond chance";
    }

    private static string Describe(SubgroupGap gap)
    {
        string size = Points(gap.Gap.Value);
        string interval = $"(95 % interval {Points(gap.Gap.Low)} to {Points(gap.Gap.High)})";
        return gap.Figure switch
        {
            SubgroupFigure.Recall =>
                $"recall {size} points below the best group {interval}: people of this group are missed more often",
            SubgroupFigure.Precision =>
                $"precision {size} points below the best group {interval}: people of this group are linked to "
                + "strangers more often",
            _ => $"{size} points more unlinkable records than in the best group {interval}: more people of this "
                + "group cannot be found at all",
        };
    }

    private static string Points(double share) =>
        (100 * share).ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Wrong(SubgroupQuality total)
    {
        LinkageQuality quality = total.Quality;
        long wrong = quality.PredictedPairs - quality.CorrectPairs;
        return quality.PredictedPairs == 0
            ? "Nothing was linked."
            : $"Of {FigureText.Count(quality.PredictedPairs, "link", "links")} {FigureText.Count(wrong)} "
                + $"{(wrong == 1 ? "joins" : "join")} two different persons: precision is {Share(total.Precision)}.";
    }

    private static string Missed(SubgroupQuality total)
    {
        LinkageQuality quality = total.Quality;
        return quality.TruePairs == 0
            ? "The truth holds no pair to find."
            : $"Of {FigureText.Count(quality.TruePairs, "true pair", "true pairs")} "
                + $"{FigureText.Count(quality.TruePairs - quality.CorrectPairs)} were missed: recall is "
                + $"{Share(total.Recall)}.";
    }

    private static IEnumerable<string> Listed(LinkageEvaluation evaluation)
    {
        if (evaluation.Listed is not { } listed || evaluation.Total.Quality.TruePairs == 0)
        {
            yield break;
        }

        string rest = evaluation.Facts.HasEveryCandidate switch
        {
            null => "The others were never compared, or too light to be written.",
            true => "The file has every pair that was compared, so the others met in no pass.",
            false => "The file leaves out light pairs, so the others met in no pass or were too light.",
        };
        yield return $"{Share(listed.Completeness)} of the true pairs are listed in the file; "
            + $"{Share(listed.Recall)} of those were linked. {rest}";
    }

    private static IEnumerable<string> Expectation(LinkageEvaluation evaluation)
    {
        if (evaluation.Calibration is not { } calibration || evaluation.Total.Quality.PredictedPairs == 0)
        {
            yield break;
        }

        IntervalEstimate truth = evaluation.Total.Precision;
        double expected = calibration.ExpectedPrecision;
        string verdict = expected > truth.High ? "it is too sure of its links"
            : expected < truth.Low ? "it is more careful than it need be"
            : "the truth agrees with it";
        yield return $"By its probabilities the linkage expects a precision of {FigureText.FineShare(expected)}, about "
            + $"{FigureText.Count((long)Math.Round(calibration.ExpectedErrors))} wrong links: {verdict}.";
    }

    private static IEnumerable<string> StatedCompleteness(LinkageEvaluation evaluation)
    {
        if (evaluation.Facts.StatedCompleteness is not { } stated || evaluation.Listed is not { } listed)
        {
            yield break;
        }

        string said = $"Without the truth the share of true pairs that were compared was estimated as "
            + Share(new IntervalEstimate(stated.Estimate, stated.Low, stated.High));
        if (evaluation.Facts.HasEveryCandidate != true)
        {
            yield return $"{said}; the file does not have every pair that was compared, so that cannot be checked.";
            yield break;
        }

        IntervalEstimate truth = listed.Completeness;
        string verdict = stated.Low > truth.High ? "the truth is lower"
            : stated.High < truth.Low ? "the truth is higher"
            : "the truth agrees with it";
        yield return $"{said}: {verdict}.";
    }

    private static IEnumerable<string> Reach(SubgroupQuality total)
    {
        if (total.Unlinkable is { } unlinkable && total.InNoPass is { } inNoPass)
        {
            yield return $"{Share(unlinkable)} of the records are unlinkable, since not even a copy of themselves "
                + $"would be a match; {Share(inNoPass)} are in no pass.";
        }
    }

    private static IEnumerable<string> Groups(IReadOnlyList<SubgroupQuality> groups)
    {
        if (groups.Count < 2)
        {
            yield break;
        }

        int worse = groups.Count(group => group.Gaps.Any(gap => gap.IsBeyondChance));
        int small = groups.Count(group => group.IsSmall && !group.Gaps.Any(gap => gap.IsBeyondChance));
        string some = worse switch
        {
            0 => $"None of {FigureText.Count(groups.Count)} groups fares worse than the best beyond chance",
            1 => $"1 of {FigureText.Count(groups.Count)} groups fares worse than the best, beyond chance",
            _ => $"{FigureText.Count(worse)} of {FigureText.Count(groups.Count)} groups fare worse than the best, "
                + "beyond chance",
        };
        yield return small == 0
            ? $"{some}."
            : $"{some}; {FigureText.Count(small, "has", "have")} too few pairs to say.";
    }
}
