namespace Linkage.Core.Evaluation;

/// <summary>Which records can be linked at all, by group.</summary>
internal sealed class ReachShares
{
    private readonly long[] _records;
    private readonly long[] _unlinkable;
    private readonly long[] _inNoPass;
    private readonly bool _isKnown;

    internal ReachShares(EvaluationRecords records, EvaluationFacts facts)
    {
        _records = new long[1 + records.GroupNames.Length];
        _unlinkable = new long[_records.Length];
        _inNoPass = new long[_records.Length];
        _isKnown = facts.Reach is not null;
        for (int record = 0; record < records.Count; record++)
        {
            Add(0, record);
            if (_records.Length > 1)
            {
                Add(1 + records.Group(record), record);
            }
        }

        void Add(int at, int record)
        {
            _records[at]++;
            if (facts.Reach is { } reach)
            {
                bool isInNoPass = reach[record].Passes == 0;
                bool isUnlinkable = isInNoPass || reach[record].SelfProbability < facts.MatchThreshold;
                _inNoPass[at] += isInNoPass ? 1 : 0;
                _unlinkable[at] += isUnlinkable ? 1 : 0;
            }
        }
    }

    /// <summary>Records of all (0) or of a group (from 1).</summary>
    internal long Records(int at) => _records[at];

    /// <summary>Share of unlinkable records; null if reach is unknown.</summary>
    internal IntervalEstimate? Unlinkable(int at, double quantile) => Share(_unlinkable, at, quantile);

    /// <summary>Share of records in no pass; null if reach is unknown.</summary>
    internal IntervalEstimate? InNoPass(int at, double quantile) => Share(_inNoPass, at, quantile);

    private IntervalEstimate? Share(long[] part, int at, double quantile) =>
        _isKnown && _records[at] > 0
            ? ProportionIntervals.Wilson((double)part[at] / _records[at], part[at], _records[at], quantile)
            : null;
}
