using System.CommandLine.Parsing;

namespace Linkage.Cli.Commands;

/// <summary>Checks of option values, in words for the user.</summary>
internal static class OptionRules
{
    /// <summary>Refuses a value that does not keep a rule.</summary>
    /// <typeparam name="T">The option's type.</typeparam>
    /// <param name="result">What was given.</param>
    /// <param name="holds">The rule.</param>
    /// <param name="rule">The rule in words, after the option's name.</param>
    public static void Require<T>(OptionResult result, Func<T, bool> holds, string rule)
    {
        // A word that is no such number has its own error already.
        if (!result.Errors.Any() && !holds(result.GetValueOrDefault<T>()!))
        {
            result.AddError($"{result.Option.Name} {rule}");
        }
    }
}
