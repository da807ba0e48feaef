namespace Linkage.Core.Estimation;

/// <summary>Expected matches of every record with one other party at a time.</summary>
/// <remarks>
/// Candidates are sorted by left, then right record, so a record meets one other party after another.
/// </remarks>
internal sealed class PartnerSums
{
    private readonly double[] _sums;
    private readonly int[] _parties;
    private double _excess;

    public PartnerSums(int recordCount)
    {
        _sums = new double[recordCount];
        _parties = new int[recordCount];
    }

    /// <summary>All expected matches.</summary>
    public double Total { get; private set; }

    /// <summary>Adds a possible partner of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="party">The partner's party; never one before that of an earlier call for the record.</param>
    /// <param name="probability">Probability that they match.</param>
    public void Add(int record, int party, double probability)
    {
        if (_parties[record] != party)
        {
            _excess += Math.Max(0, _sums[record] - 1);
            _sums[record] = 0;
            _parties[record] = party;
        }

        _sums[record] += probability;
        Total += probability;
    }

    /// <summary>Expected matches beyond one for a record and party.</summary>
    public double Excess() => _excess + _sums.Sum(sum => Math.Max(0, sum - 1));
}
