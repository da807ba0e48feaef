using System.CommandLine;

namespace Linkage.Cli.Commands;

/// <summary>Checks of option values, in words for the user.</summary>
internal static class OptionRules
{
    /// <summary>The value of an option that has one, if it keeps a rule.</summary>
    /// <typeparam name="T">The option's type.</typeparam>
    /// <param name="parsed">The command line, which parsed without an error.</param>
    /// <param name="option">The option; required or with a default.</param>
    /// <param name="holds">The rule.</param>
    /// <param name="rule">The rule in words, after the option's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The value does not keep the rule.</exception>
    public static T Get<T>(ParseResult parsed, Option<T> option, Func<T, bool> holds, string rule)
    {
        // Validators run before a word is known to be a number, so the rule is applied here.
        T value = parsed.GetRequiredValue(option);
        return holds(value) ? value : throw new ArgumentException($"{option.Name} {rule}");
    }
}
