using Linkage.Bloom.Schemas;
using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;
using Linkage.Core.Estimation;
using Linkage.Core.Model;
using Linkage.Core.Scoring;

namespace Linkage.Core.Reporting;

/// <summary>What a careful reader of a result should know before using it.</summary>
internal static class RunWarnings
{
    // Beyond this share the records a pass gave up are missed in earnest.
    private const double TolerableDropped = 0.05;

    /// <summary>Finds all warnings.</summary>
    /// <returns>One or two plain sentences each, gravest first; empty when there is nothing to say.</returns>
    public static IReadOnlyList<string> Find(LinkResult result, RunCounts counts)
    {
        var warnings = new List<string>();
        if (result.Schema.Profile == ProtectionProfile.Research)
        {
            warnings.Add("Profile research: these encodings protect nobody. For synthetic or public data only.");
        }

        AddEstimation(warnings, result.Fits);
        AddCalibration(warnings, result.Calibration);
        AddEmptiness(warnings, result, counts);
        AddOutOfOrder(warnings, result.Model);
        AddOwnerDrops(warnings, result.Files);
        AddUnitDrops(warnings, result.Passes);
        if (result.RefusedLinks > 0)
        {
            warnings.Add(RefusedLinks(result.RefusedLinks, result.Files.Count));
        }

        AddAssignment(warnings, result);
        return warnings;
    }

    /// <summary>What to say of matches that no entity follows.</summary>
    internal static string RefusedLinks(long links, int files)
    {
        // One file may always have duplicates; then only its other pairs can speak against a link.
        string sameParty = files > 1
            ? "two records of one party into an entity though that party is held to list a person once, or " : "";
        return $"{FigureText.Count(links, "link was", "links were")} not followed: each would have put {sameParty}"
            + "groups of records together whose other pairs speak against it. Either a party has unexpected "
            + "duplicates, or links are wrong.";
    }

    private static void AddAssignment(List<string> warnings, LinkResult result)
    {
        if (result.BrokenPromises > 0)
        {
            warnings.Add(
                $"{FigureText.Count(result.BrokenPromises, "decision", "decisions")} of a person put two records of "
                + "one party into an entity though that party is held to list a person once.");
        }

        if (result.TiedMatches > 0)
        {
            warnings.Add(
                $"{FigureText.Count(result.TiedMatches, "link was", "links were")} chosen by the order of records "
                + "alone: another choice of partners has exactly the same weights. The choice is arbitrary; a person "
                + "should look at it.");
        }

        if (result.FallbackComponents > 0)
        {
            warnings.Add(
                $"{FigureText.Count(result.FallbackComponents, "group", "groups")} of records hung together by so many "
                + "equal pairs that links were chosen heaviest first there and not for the most evidence. Look for a "
                + "default value that is not listed as missing.");
        }
    }

    private static void AddEstimation(List<string> warnings, IReadOnlyList<EmFit> fits)
    {
        if (fits.FirstOrDefault(fit => fit.IsChosen) is not { } chosen)
        {
            return;
        }

        if (!chosen.HasConverged)
        {
            warnings.Add(
                $"The estimation stopped at its limit of {FigureText.Count(chosen.Iterations)} iterations before it "
                + "settled. Weights and probabilities are provisional; allow more iterations.");
        }

        if (chosen.ExcessMatches > ModelEstimator.TolerableExcess)
        {
            warnings.Add(
                $"The model gives many records more than one likely partner (excess matches "
                + $"{FigureText.Share(chosen.ExcessMatches)}). It may have found households and not persons.");
        }
    }

    private static void AddCalibration(List<string> warnings, CalibrationCheck? check)
    {
        if (check is { IsTooSure: true })
        {
            warnings.Add(
                $"The model is too sure, or a party lists persons twice: of "
                + $"{FigureText.Count(check.SurePairs, "pair", "pairs")} with a probability of 99 % or more by "
                + $"themselves {FigureText.Count(check.ProvenErrors)} contradict others, and about "
                + $"{FigureText.Count((long)Math.Ceiling(check.ExpectedErrors))} should be wrong.");
        }
    }

    private static void AddEmptiness(List<string> warnings, LinkResult result, RunCounts counts)
    {
        if (result.CandidateCount == 0)
        {
            warnings.Add("No two records met in any pass, so nothing was compared and the model is a guess.");
        }
        else if (counts.Matches == 0)
        {
            warnings.Add("No pair was held to be one person.");
        }

        foreach (EncodedFileHeader file in result.Files.Where(file => file.UnusableRecords > 0))
        {
            warnings.Add(
                $"{file.Party}: {FigureText.CountAndShare(file.UnusableRecords, file.RecordCount)} of the records have "
                + "no usable field and could not be linked.");
        }
    }

    private static void AddOutOfOrder(List<string> warnings, FellegiSunterModel model)
    {
        string[] outOfOrder =
        [
            .. model.Comparisons.Where(comparison => comparison.Levels.Any(level => level.IsOutOfOrder))
                .Select(comparison => comparison.Name),
        ];
        if (outOfOrder.Length > 0)
        {
            warnings.Add(
                $"In {string.Join(", ", outOfOrder)} a better level has a lower weight than a worse one. Small "
                + "differences are chance; a large one means that the levels of the schema do not suit these data.");
        }
    }

    private static void AddOwnerDrops(List<string> warnings, IReadOnlyList<EncodedFileHeader> files)
    {
        foreach (EncodedFileHeader file in files)
        {
            for (int pass = 0; pass < file.Passes.Count; pass++)
            {
                int dropped = file.Passes[pass].DroppedRecords;
                if (dropped > TolerableDropped * file.RecordCount)
                {
                    warnings.Add(
                        $"{file.Party}, pass {file.Schema.Passes[pass].Name}: "
                        + $"{FigureText.CountAndShare(dropped, file.RecordCount)} of the records left the pass because "
                        + "their blocks were too large.");
                }
            }
        }
    }

    private static void AddUnitDrops(List<string> warnings, IReadOnlyList<BlockTally> passes)
    {
        foreach (BlockTally pass in passes)
        {
            long blocks = pass.SharedBlocks + pass.DroppedBlocks;
            if (pass.DroppedBlocks > TolerableDropped * blocks)
            {
                warnings.Add(
                    $"Pass {pass.Pass}: {FigureText.CountAndShare(pass.DroppedBlocks, blocks)} of the blocks were not "
                    + "compared because they held too many records of all parties together.");
            }
        }
    }
}
