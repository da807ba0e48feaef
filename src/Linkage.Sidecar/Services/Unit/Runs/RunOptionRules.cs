using Linkage.Core;
using Linkage.Core.Estimation;
using Linkage.Core.Scoring;
using Linkage.V1;

namespace Linkage.Sidecar.Services.Unit.Runs;

/// <summary>Which options of a run can be carried out, and what they are to the linker.</summary>
internal static class RunOptionRules
{
    /// <summary>Refuses options that cannot be carried out.</summary>
    /// <param name="options">As they were sent.</param>
    /// <param name="parties">The parties whose files are linked.</param>
    /// <exception cref="RunRefusedException">A field is out of range.</exception>
    public static void Check(RunOptions options, IReadOnlyCollection<string> parties)
    {
        Require(Enum.IsDefined(options.OneToOne), "one_to_one");
        Require(options.DuplicateParties.All(parties.Contains), "duplicate_parties");
        Require(!options.HasKeepWeight || double.IsFinite(options.KeepWeight), "keep_weight");
        Require(
            !options.HasTargetFalseDiscovery
                || (options.TargetFalseDiscovery >= ThresholdTable.LeastTarget && options.TargetFalseDiscovery < 1),
            "target_false_discovery");
        Require(!options.HasMaxIterations || options.MaxIterations >= 1, "max_iterations");
    }

    /// <summary>The linker's options; what is absent has the default of the tool.</summary>
    public static LinkerOptions ToLinkerOptions(RunOptions options)
    {
        LinkerOptions defaults = new();
        EmOptions estimation = defaults.Estimation;
        return defaults with
        {
            OneToOne = options.OneToOne switch
            {
                OneToOne.Off => OneToOneMode.Off,
                OneToOne.Greedy => OneToOneMode.Greedy,
                OneToOne.Optimal => OneToOneMode.Optimal,
                _ => OneToOneMode.Auto,
            },
            DuplicateParties = [.. options.DuplicateParties],
            KeepWeight = options.HasKeepWeight ? options.KeepWeight : defaults.KeepWeight,
            Seed = options.HasSeed ? options.Seed : null,
            TargetFalseDiscovery = options.HasTargetFalseDiscovery ? options.TargetFalseDiscovery : null,
            Estimation = options.HasMaxIterations
                ? estimation with { MaxIterations = options.MaxIterations }
                : estimation,
        };
    }

    private static void Require(bool holds, string field)
    {
        if (!holds)
        {
            throw new RunRefusedException(ErrorReason.BadFields, $"options.{field} is out of range.");
        }
    }
}
