using System.Runtime.InteropServices;
using Linkage.Bloom.Agreement;
using Linkage.Bloom.Filters;
using Linkage.Bloom.Kernels;
using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>Measures how far an owner's records agree by chance, for the header of its file.</summary>
/// <remarks>
/// <para>
/// Equality is counted exactly: from how often each value, or combination of values, occurs among all records. The
/// levels below it come from <see cref="PairSample.LeastPairs"/> random pairs or all there are. A pair is not diffused;
/// its base distances say with what chance it would reach each level, and the chances are added.
/// </para>
/// <para>Deterministic: the same records in the same order give the same table. Not thread-safe.</para>
/// </remarks>
internal sealed class AgreementMeasure
{
    // Some 33 MB, enough for 65,536 records of four fields: more records make the estimate hardly better.
    private const int MostBytes = 1 << 25;
    private const int MostRecords = 1 << 16;

    // A group of fields that records seldom share is looked at longer, but not for ever.
    private const long MostVisits = 64L * PairSample.LeastPairs;

    private readonly RecordStore _store;
    private readonly RecordRow _row;
    private readonly LinkageSchema _schema;
    private readonly IReadOnlyList<ComparedFields> _comparisons;

    public AgreementMeasure(RecordStore store, RecordRow row, SchemaFacts schema)
    {
        _store = store;
        _row = row;
        _schema = schema.Schema;
        _comparisons = schema.Compared;
    }

    public AgreementTable Measure(CancellationToken cancellationToken)
    {
        var rows = new List<ComparisonAgreement>();
        if (_store.Count < AgreementTable.LeastRecords)
        {
            return new AgreementTable(rows);
        }

        foreach (ComparedFields comparison in _comparisons)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Measure(comparison) is { } cells)
            {
                rows.Add(new ComparisonAgreement(comparison.Name, cells));
            }
        }

        return new AgreementTable(rows);
    }

    private AgreementCell[]? Measure(ComparedFields comparison)
    {
        int[] records = RecordsWithAField(comparison, out int[] byPresence);
        long comparable = PairCounts.Comparable(byPresence);
        if (records.Length < AgreementTable.LeastRecords || comparable < AgreementTable.LeastPairs)
        {
            return null;
        }

        AgreementCell? best = comparison.BestIsEquality
            ? AgreementCells.Cell(PairCounts.Equal(EqualityCodes(comparison, records)), comparable) : null;
        double[] expected = new double[comparison.LevelCount];
        if (best is not null && comparison.LevelCount == 2)
        {
            return AgreementCells.Tell(expected, comparable, best);
        }

        long sampled = Sample(comparison, records, expected);
        if (sampled < AgreementTable.LeastPairs)
        {
            return null;
        }

        if (best is { } exact)
        {
            ScaleBelowBest(expected, sampled * (1 - exact.Share));
        }

        return AgreementCells.Tell(expected, sampled, best);
    }

    private int[] RecordsWithAField(ComparedFields comparison, out int[] byPresence)
    {
        var records = new List<int>(_store.Count);
        byPresence = new int[1 << comparison.Fields.Count];
        for (int record = 0; record < _store.Count; record++)
        {
            uint presence = Presence(comparison, record);
            byPresence[presence]++;
            if (presence != 0)
            {
                records.Add(record);
            }
        }

        return [.. records];
    }

    // Equal where all fields are equal of which the best level demands it. Two values share a code by chance once in
    // 2^64 pairs.
    private Span<ulong> EqualityCodes(ComparedFields comparison, int[] records)
    {
        uint needed = 0;
        foreach (LevelDemand demand in comparison.Levels[0])
        {
            needed |= 1u << demand.Position;
        }

        ulong[] codes = new ulong[records.Length];
        int count = 0;
        foreach (int record in records)
        {
            if ((Presence(comparison, record) & needed) == needed)
            {
                ulong code = 0;
                foreach (LevelDemand demand in comparison.Levels[0])
                {
                    code = Fold(code, _row.Field(_store[record], comparison.Fields[demand.Position]));
                }

                codes[count++] = code;
            }
        }

        return codes.AsSpan(0, count);
    }

    private static ulong Fold(ulong code, ReadOnlySpan<byte> encoding)
    {
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(encoding))
        {
            code = BitMixer.Mix((code ^ word) + BitMixer.Step);
        }

        return code;
    }

    private long Sample(ComparedFields comparison, int[] records, Span<double> expected)
    {
        using SampledEncodings sample = Gather(comparison, records);
        var chances = new JointLevelChances(_schema, comparison);
        Span<int> distances = stackalloc int[comparison.Fields.Count];
        long pairs = 0;
        long visits = 0;
        for (int stride = 1; stride <= sample.Count / 2; stride++)
        {
            int starts = PairSample.Starts(sample.Count, stride);
            for (int left = 0; left < starts; left++)
            {
                int right = left + stride < sample.Count ? left + stride : left + stride - sample.Count;
                if (sample.TryCompare(left, right, distances))
                {
                    chances.Add(distances, expected);
                    pairs++;
                }
            }

            visits += starts;
            if (pairs >= PairSample.LeastPairs || visits >= MostVisits)
            {
                break;
            }
        }

        return pairs;
    }

    private SampledEncodings Gather(ComparedFields comparison, int[] records)
    {
        int[] lengths = [.. comparison.Fields.Select(field => FieldEncoder.BaseLength(_schema.Fields[field]))];
        int count = Math.Min(records.Length, Math.Min(MostRecords, MostBytes / lengths.Sum()));
        PairSample.Shuffle(records, count);
        var sample = new SampledEncodings(count, lengths);
        for (int place = 0; place < count; place++)
        {
            sample.SetPresence(place, Presence(comparison, records[place]));
            ReadOnlySpan<byte> row = _store[records[place]];
            for (int position = 0; position < lengths.Length; position++)
            {
                _row.Field(row, comparison.Fields[position]).CopyTo(sample.Cell(place, position));
            }
        }

        return sample;
    }

    private uint Presence(ComparedFields comparison, int record)
    {
        uint ofRecord = RecordRow.Presence(_store[record]);
        uint presence = 0;
        for (int position = 0; position < comparison.Fields.Count; position++)
        {
            presence |= (ofRecord >> comparison.Fields[position] & 1) << position;
        }

        return presence;
    }

    // The best level is known exactly; the sample tells how the rest divides.
    private static void ScaleBelowBest(Span<double> expected, double rest)
    {
        double sum = 0;
        for (int level = 0; level < expected.Length - 1; level++)
        {
            sum += expected[level];
        }

        for (int level = 0; level < expected.Length - 1 && sum > 0; level++)
        {
            expected[level] *= rest / sum;
        }
    }
}
