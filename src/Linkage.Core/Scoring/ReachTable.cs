using Linkage.Bloom.Storage;
using Linkage.Core.Comparisons;
using Linkage.Core.Internals;
using Linkage.Core.Merging;
using Linkage.Core.Model;

namespace Linkage.Core.Scoring;

/// <summary>What each record could reach at best: its weight against an exact copy of itself.</summary>
/// <remarks>
/// Compared in the first pass of the schema in which the record has a row; a field that does not travel there counts as
/// equal, as it does for every pair. Many records have the same fields present, so weights are kept once for each such
/// pattern. Immutable.
/// </remarks>
internal sealed class ReachTable
{
    private const int NoPattern = -1;

    private readonly byte[] _passes;
    private readonly int[] _patterns;
    private readonly List<MatchWeight> _weights = [];
    private readonly double _prior;

    private ReachTable(int recordCount, double prior)
    {
        _passes = new byte[recordCount];
        _patterns = new int[recordCount];
        Array.Fill(_patterns, NoPattern);
        _prior = prior;
    }

    /// <summary>For every file the records that cannot be linked.</summary>
    public required IReadOnlyList<UnlinkableRecords> Unlinkable { get; init; }

    /// <summary>Measures all records of all files.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="space">Its records.</param>
    /// <param name="model">The model that scores.</param>
    /// <param name="matchThreshold">The probability from which a pair is a match.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ReachTable Measure(
        LinkPlan plan,
        RecordSpace space,
        FellegiSunterModel model,
        double matchThreshold,
        CancellationToken cancellationToken)
    {
        var unlinkable = new UnlinkableRecords[plan.Files.Count];
        var reach = new ReachTable(space.Count, model.PriorMatchProbability) { Unlinkable = unlinkable };
        var comparer = new RowComparer(plan.Schema);
        var known = new Dictionary<ulong, int>();
        for (int party = 0; party < unlinkable.Length; party++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EncodedFile file = plan.Files[party];
            int first = space.Offset(party);
            for (int record = 0; record < file.Header.RecordCount; record++)
            {
                if (reach.Enter(first + record, file, record, comparer) is { } vector)
                {
                    reach._patterns[first + record] = reach.PatternOf(vector, model, known);
                }
            }

            unlinkable[party] = reach.Count(file.Header, first, matchThreshold);
        }

        return reach;
    }

    /// <summary>In how many passes a record has a row.</summary>
    public int PassesOf(int record) => _passes[record];

    /// <summary>A record's weight against an exact copy; null where it is in no pass.</summary>
    public MatchWeight? WeightOf(int record) =>
        _patterns[record] == NoPattern ? null : _weights[_patterns[record]];

    /// <summary>A record's probability of matching an exact copy; null where it is in no pass.</summary>
    public MatchProbability? ProbabilityOf(int record) =>
        WeightOf(record) is { } weight ? MatchProbability.From(weight, _prior) : null;

    private ComparisonVector? Enter(int number, EncodedFile file, int record, RowComparer comparer)
    {
        ComparisonVector? vector = null;
        for (int pass = 0; pass < file.Passes.Count; pass++)
        {
            int row = file.Merge.RowOf(record, pass);
            if (row >= 0)
            {
                _passes[number]++;
                vector ??= comparer.Compare(file.Passes[pass], row, file.Passes[pass], row);
            }
        }

        return vector;
    }

    private int PatternOf(ComparisonVector vector, FellegiSunterModel model, Dictionary<ulong, int> known)
    {
        if (!known.TryGetValue(vector.Code, out int pattern))
        {
            pattern = _weights.Count;
            known.Add(vector.Code, pattern);
            _weights.Add(model.Weigh(vector));
        }

        return pattern;
    }

    private UnlinkableRecords Count(EncodedFileHeader file, int first, double threshold)
    {
        int inNoPass = 0;
        int tooLittle = 0;
        for (int record = first; record < first + file.RecordCount; record++)
        {
            inNoPass += _passes[record] == 0 ? 1 : 0;
            tooLittle += ProbabilityOf(record) is { } reached && reached.Value < threshold ? 1 : 0;
        }

        return new UnlinkableRecords(file.Party, file.RecordCount, inNoPass, tooLittle);
    }
}
