using Linkage.Cli.Input;
using Linkage.Cli.Terminal;

namespace Linkage.Cli.Review;

/// <summary>Finds a pair of records in the results of a run, or says why it is not there.</summary>
/// <param name="run">The run.</param>
/// <param name="left">A record.</param>
/// <param name="right">Another.</param>
internal sealed class PairSearch(EarlierRun run, RecordName left, RecordName right)
{
    /// <summary>Reads pairs.csv up to the pair.</summary>
    /// <param name="progress">Told the share of the file read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The pair's row.</returns>
    /// <exception cref="InputException">The pair is not there, or a file is malformed.</exception>
    public PairRow Find(IProgress<double> progress, CancellationToken cancellation)
    {
        using PairsReader reader = PairsReader.Open(run.Pairs);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share);
            if (reader.IsPairOf(left, right))
            {
                return Checked(reader);
            }
        }

        throw Absent(cancellation);
    }

    // A model of another run would explain a weight that the pair does not have.
    private PairRow Checked(PairsReader reader)
    {
        const int Pattern = 7;
        const double Tolerance = 1e-6;
        PairRow row = reader.Take();
        if (PatternWords.Read(run.Model, row.Pattern) is not { } vector)
        {
            throw reader.Refuse("does not fit the comparisons of model.json", Pattern);
        }

        return Math.Abs(run.Model.Weigh(vector).Bits - row.Weight) <= Tolerance
            ? row
            : throw new InputException(run.Pairs, "its weights are not those of model.json; the two are of two runs");
    }

    private InputException Absent(CancellationToken cancellation)
    {
        (string? leftParty, string? rightParty) = FindParties(cancellation);
        if (leftParty is null || rightParty is null)
        {
            return new InputException(
                run.Entities, $"no record of the run is the one given as {(leftParty is null ? "LEFT" : "RIGHT")}");
        }

        string oneParty = leftParty == rightParty
            ? ", or both are of one party that is held to list a person once"
            : string.Empty;
        string byPersons = run.HasDecisions
            ? "; what persons decided of records that never met holds all the same"
            : string.Empty;
        return new InputException(
            run.Pairs,
            "the pair is not among those written: its records met in no pass, so they were never compared, or it is a "
            + $"non-match of a weight under {Figures.Decimal(run.KeepWeight, 1)} (see --keep-weight of 'link')"
            + oneParty
            + byPersons);
    }

    private (string? Left, string? Right) FindParties(CancellationToken cancellation)
    {
        using CsvRecordReader reader =
            CsvRecordReader.Open(run.Entities, new CsvReadOptions { Delimiter = ',', MayBeEmpty = true });
        int party = ColumnMap.IndexOf(reader, "party");
        int handle = ColumnMap.IndexOf(reader, "handle");
        reader.IsHeaderConfirmed = true;
        string? leftParty = null;
        string? rightParty = null;
        while ((leftParty is null || rightParty is null) && reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            leftParty ??= left.Is(reader[party], reader[handle]) ? reader.GetString(party) : null;
            rightParty ??= right.Is(reader[party], reader[handle]) ? reader.GetString(party) : null;
        }

        return (leftParty, rightParty);
    }
}
