using Linkage.Bloom.Blocking;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Proposal;

/// <summary>The figures of a schema's passes, for people.</summary>
/// <param name="answer">The figures.</param>
/// <param name="options">What was asked for.</param>
internal sealed class PassSurveyText(PassSurveyAnswer answer, PassSurveyOptions options)
{
    /// <summary>Over this share of chained records the owner is warned.</summary>
    private const double MostChained = 0.10;

    private const int PassesForEstimate = 3;

    private readonly PassSurveyResult _survey = answer.Survey;

    /// <summary>What the owner should think about.</summary>
    /// <returns>One line each.</returns>
    public IEnumerable<string> Warnings()
    {
        foreach (ChainedClassShare chained in _survey.ChainedClasses.Where(chained => chained.Share > MostChained))
        {
            yield return $"field {chained.Field}: equal values chain {Figures.Percent(chained.Share, 1)} of the "
                + "records of a frequent value together, which comes close to giving away how often it occurs; "
                + "refine the passes that draw on it";
        }

        if (_survey.DisjointPasses < PassesForEstimate)
        {
            yield return $"fewer than {PassesForEstimate} passes share no field, so the linkage unit will not be able "
                + "to estimate how many true pairs it missed";
        }
    }

    /// <summary>Writes the figures.</summary>
    /// <param name="results">Where to.</param>
    public void Write(TextWriter results)
    {
        results.WriteLine(
            $"{options.Input}: {Figures.Count(_survey.Records)} records; figures for a population of "
            + $"{Figures.Count(_survey.Population)} and at most {Figures.Count(_survey.BlockLimit)} records of a party "
            + "in a block");
        results.WriteLine();
        WritePasses(results);
        if (options.GroupColumn is string column)
        {
            results.WriteLine();
            WriteGroups(results, column);
        }

        results.WriteLine();
        results.WriteLine(
            $"field-disjoint passes: {Figures.Count(_survey.DisjointPasses)} of {Figures.Count(_survey.Passes.Count)}");
        foreach (ChainedClassShare chained in _survey.ChainedClasses)
        {
            results.WriteLine(
                $"chained-class share of {chained.Field}: {Figures.Percent(chained.Share, 1)}, at most "
                + $"{Figures.Percent(chained.LargestShare, 1)} of one value's records (frequent values: "
                + $"{Figures.Count(chained.Values)})");
        }

        results.WriteLine($"predicted completeness: {CompletenessText.Range(_survey.Completeness)}");
        results.WriteLine($"  {CompletenessText.Caveat}");
        WriteProposal(results);
    }

    private void WritePasses(TextWriter results)
    {
        TextTable table = new("pass", "key", "pairs a record", "largest block", "no key", "dropped");
        foreach (PassFigures pass in _survey.Passes)
        {
            table.Add(
                pass.Pass.Name,
                string.Join(" + ", pass.Pass.Key),
                Figures.Decimal(pass.ExpectedPairs, 2),
                Figures.Decimal(pass.LargestBlock, 0),
                CountAndShare(pass.Loss.WithoutKey, pass.Loss.Records),
                CountAndShare(pass.Loss.Dropped, pass.Loss.Records));
        }

        table.WriteTo(results);
        results.WriteLine(
            $"all passes: at most {Figures.Decimal(_survey.Passes.Sum(pass => pass.ExpectedPairs), 2)} pairs a record; "
            + $"{CountAndShare(_survey.RecordsInNoPass, _survey.Records)} records are in no pass");
    }

    private void WriteGroups(TextWriter results, string column)
    {
        TextTable table = new($"pass, {column}", "records", "no key", "dropped");
        foreach (PassFigures pass in _survey.Passes)
        {
            foreach (PassLoss loss in pass.GroupLosses)
            {
                table.Add(
                    $"{pass.Pass.Name}, {GroupName(loss.Group)}",
                    Figures.Count(loss.Records),
                    CountAndShare(loss.WithoutKey, loss.Records),
                    CountAndShare(loss.Dropped, loss.Records));
            }
        }

        table.WriteTo(results);
    }

    private void WriteProposal(TextWriter results)
    {
        if (!answer.Differs)
        {
            results.WriteLine("the advisor would choose the same passes");
        }
        else if (answer.Proposal.Count == 0)
        {
            results.WriteLine("the advisor finds no passes for this population");
        }
        else
        {
            IEnumerable<string> keys = answer.Proposal.Select(pass => string.Join(" + ", pass.Pass.Key));
            results.WriteLine(
                $"the advisor would choose: {string.Join("; ", keys)} (at most "
                + $"{Figures.Decimal(answer.Proposal.Sum(pass => pass.ExpectedPairs), 2)} pairs a record)");
            results.WriteLine(
                $"  predicted completeness of these: {CompletenessText.Range(answer.ProposalCompleteness)}");
        }
    }

    private static string GroupName(string? name) => name switch
    {
        null => "small groups",
        "" => "no group",
        _ => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)),
    };

    private static string CountAndShare(int count, int of) =>
        $"{Figures.Count(count)} ({Figures.Percent(count, of)})";
}
