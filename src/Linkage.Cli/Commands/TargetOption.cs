using System.CommandLine;
using Linkage.Core.Scoring;

namespace Linkage.Cli.Commands;

/// <summary>The option "--target-fdr": which share of wrong links is borne.</summary>
internal static class TargetOption
{
    /// <summary>Builds the option.</summary>
    /// <param name="description">What it does to the command.</param>
    /// <returns>The option, null when it is not given.</returns>
    public static Option<double?> Create(string description) =>
        new("--target-fdr") { HelpName = "SHARE", Description = description };

    /// <summary>The value, if it keeps the rule.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <returns>The share; null when it is not given.</returns>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public static double? Get(ParseResult parsed, Option<double?> option) =>
        parsed.GetValue(option) switch
        {
            null => null,
            double target when target >= ThresholdTable.LeastTarget && target < 1 => target,
            _ => throw new ArgumentException($"{option.Name} must be from 0.0001 to under 1, such as 0.01"),
        };
}
