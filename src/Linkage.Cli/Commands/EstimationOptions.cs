using System.CommandLine;
using Linkage.Cli.Unit;
using Linkage.Core.Estimation;

namespace Linkage.Cli.Commands;

/// <summary>The options of "link" that say how a model is estimated.</summary>
internal sealed class EstimationOptions
{
    private const char Between = '+';

    private readonly Option<string[]> _interactions = new("--interaction")
    {
        HelpName = "FIELD+FIELD",
        Description = "Two fields or groups that agree or differ together, estimated as one; may be given several "
            + "times. The report proposes which.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _priorModel = new("--prior-model")
    {
        HelpName = "FILE",
        Description = "Begins with an earlier model.json: its figures count as much as --prior-pairs pairs, and those "
            + "it marks as fixed stay.",
    };

    private readonly Option<double> _priorPairs = new("--prior-pairs")
    {
        HelpName = "N",
        Description = "How many pairs of each kind the prior model counts for.",
        DefaultValueFactory = _ => new EmOptions().PriorModelPairs,
    };

    private readonly Option<double?> _expectedMatches = new("--expected-matches")
    {
        HelpName = "N",
        Description = "How many matches are expected; counts as much as the pairs themselves.",
        DefaultValueFactory = _ => null,
    };

    private readonly Option<bool> _learn = new("--learn-from-decisions")
    {
        Description = "Pairs that --decisions settles also count as known when the model is estimated.",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_interactions);
        command.Options.Add(_priorModel);
        command.Options.Add(_priorPairs);
        command.Options.Add(_expectedMatches);
        command.Options.Add(_learn);
    }

    /// <summary>Reads what was given.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException">An option has no valid value.</exception>
    public EstimationRequest Read(ParseResult parsed) => new()
    {
        Interactions = [.. parsed.GetRequiredValue(_interactions).Select(ToInteraction)],
        PriorModel = parsed.GetValue(_priorModel),
        LearnFromDecisions = parsed.GetValue(_learn),
        PriorPairs = OptionRules.Get(parsed, _priorPairs, IsPositive, "must be a number over 0"),
        ExpectedMatches = OptionRules.Get(
            parsed,
            _expectedMatches,
            count => count is not { } number || IsPositive(number),
            "must be a number over 0"),
    };

    private static bool IsPositive(double number) => double.IsFinite(number) && number > 0;

    private static FieldInteraction ToInteraction(string text)
    {
        string[] names = text.Split(Between);
        return names.Length == 2 && names.All(name => name.Length > 0)
            ? new FieldInteraction(names[0], names[1])
            : throw new ArgumentException("--interaction takes two names of fields or groups, as in given_name+sex");
    }
}
