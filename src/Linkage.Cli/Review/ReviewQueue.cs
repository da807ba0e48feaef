namespace Linkage.Cli.Review;

/// <summary>The pairs that a person should look at, most doubtful first.</summary>
/// <remarks>
/// An answer tells most where the probability is nearest one half: uncertainty sampling (Lewis and Gale: A sequential
/// algorithm for training text classifiers, SIGIR 1994). In are all possible matches, and matches as far over the match
/// threshold, in bits, as the possible threshold is under it: there the model is as unsure on the other side.
/// </remarks>
/// <param name="run">The run.</param>
internal sealed class ReviewQueue(EarlierRun run)
{
    // Where both thresholds are one: twice the odds.
    private const double LeastBand = 1;

    private readonly double _matchBits = Bits(run.MatchThreshold);
    private readonly double _band =
        Math.Max(LeastBand, Bits(run.MatchThreshold) - Bits(run.PossibleThreshold));

    /// <summary>Reads the pairs of the run.</summary>
    /// <param name="limit">Most pairs to give; at least one.</param>
    /// <param name="progress">Told the share of the file read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The doubtful pairs in order.</returns>
    /// <exception cref="Input.InputException">A row is malformed.</exception>
    public IReadOnlyList<PairRow> Read(int limit, IProgress<double> progress, CancellationToken cancellation)
    {
        List<PairRow> rows = [];
        using PairsReader reader = PairsReader.Open(run.Pairs);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Share);
            PairRow row = reader.Take();
            if (IsDoubtful(row))
            {
                rows.Add(row);
            }
        }

        // Pairs are written in a fixed order and sorting is stable, so equally doubtful ones keep it.
        return [.. rows.OrderBy(row => Math.Abs(row.Probability - 0.5)).Take(limit)];
    }

    private bool IsDoubtful(PairRow row) =>
        row.Decision == PairRow.Possible
        || (row.Decision == PairRow.Match && Bits(row.Probability) - _matchBits <= _band);

    private static double Bits(double probability) => Math.Log2(probability / (1 - probability));
}
