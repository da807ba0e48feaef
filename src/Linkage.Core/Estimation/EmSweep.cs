using Linkage.Core.Comparisons;

namespace Linkage.Core.Estimation;

/// <summary>The one walk over all cells that an iteration costs: expectation and counting at once.</summary>
/// <remarks>
/// <para>
/// Probabilities lie in one flat row a class, with a slot of 1 at its end for what is missing, so that the inner loop
/// multiplies without asking. Only the classes a cell may be of are looked at.
/// </para>
/// <para>
/// At most 16 factors of 1e-15 and more are multiplied, which a double holds; so there is no logarithm but one a cell.
/// </para>
/// </remarks>
internal sealed class EmSweep
{
    private const double Least = 1e-15;

    private readonly Factor[] _factors;
    private readonly int _classCount;
    private readonly int _stride;
    private readonly int[] _offsets;
    private readonly int[] _slots;
    private readonly double[] _counts;
    private readonly int[] _firstClass;
    private readonly byte[] _classes;

    public EmSweep(EstimationCell[] cells, Factor[] factors, int classCount)
    {
        _factors = factors;
        _classCount = classCount;
        _offsets = new int[factors.Length];
        for (int f = 0; f < factors.Length; f++)
        {
            _offsets[f] = _stride;
            _stride += factors[f].StateCount;
        }

        int missing = _stride++;
        _counts = [.. cells.Select(cell => (double)cell.Count)];
        _slots = new int[cells.Length * factors.Length];
        _firstClass = new int[cells.Length + 1];
        var classes = new List<byte>();
        for (int i = 0; i < cells.Length; i++)
        {
            for (int f = 0; f < factors.Length; f++)
            {
                int state = factors[f].StateOf(cells[i].Vector);
                _slots[(i * factors.Length) + f] = state == Factor.Missing ? missing : _offsets[f] + state;
            }

            for (int k = 0; k < classCount; k++)
            {
                if (cells[i].MayBeOfClass(k))
                {
                    classes.Add((byte)k);
                }
            }

            _firstClass[i + 1] = classes.Count;
        }

        _classes = [.. classes];
    }

    /// <summary>Expects and counts.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="responsibilities">Filled if not null: [cell][class].</param>
    public (double LogLikelihood, ExpectedCounts Counts) Expect(EmParameters parameters, double[][]? responsibilities)
    {
        double[] probabilities = Flatten(parameters);
        double[] sums = new double[_classCount * _stride];
        double[] shares = new double[_classCount];
        Span<double> joint = stackalloc double[_classCount];
        double total = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            ReadOnlySpan<int> slots = _slots.AsSpan(i * _factors.Length, _factors.Length);
            ReadOnlySpan<byte> classes = _classes.AsSpan(_firstClass[i], _firstClass[i + 1] - _firstClass[i]);
            double sum = 0;
            for (int e = 0; e < classes.Length; e++)
            {
                int k = classes[e];
                ReadOnlySpan<double> row = probabilities.AsSpan(k * _stride, _stride);
                double product = parameters.Shares[k];
                foreach (int slot in slots)
                {
                    product *= row[slot];
                }

                joint[e] = product;
                sum += product;
            }

            total += _counts[i] * Math.Log(sum);
            if (responsibilities is not null)
            {
                Array.Clear(responsibilities[i]);
            }

            for (int e = 0; e < classes.Length; e++)
            {
                int k = classes[e];
                double responsibility = joint[e] / sum;
                if (responsibilities is not null)
                {
                    responsibilities[i][k] = responsibility;
                }

                Add(sums.AsSpan(k * _stride, _stride), slots, ref shares[k], responsibility * _counts[i]);
            }
        }

        return (total, new ExpectedCounts(shares, Unflatten(sums)));
    }

    /// <summary>Counts by given responsibilities: [cell][class].</summary>
    public ExpectedCounts Count(double[][] responsibilities)
    {
        double[] sums = new double[_classCount * _stride];
        double[] shares = new double[_classCount];
        for (int i = 0; i < _counts.Length; i++)
        {
            ReadOnlySpan<int> slots = _slots.AsSpan(i * _factors.Length, _factors.Length);
            for (int k = 0; k < _classCount; k++)
            {
                Add(sums.AsSpan(k * _stride, _stride), slots, ref shares[k], responsibilities[i][k] * _counts[i]);
            }
        }

        return new ExpectedCounts(shares, Unflatten(sums));
    }

    private static void Add(Span<double> row, ReadOnlySpan<int> slots, ref double share, double expected)
    {
        share += expected;
        foreach (int slot in slots)
        {
            row[slot] += expected;
        }
    }

    private double[] Flatten(EmParameters parameters)
    {
        double[] flat = new double[_classCount * _stride];
        for (int k = 0; k < _classCount; k++)
        {
            Span<double> row = flat.AsSpan(k * _stride, _stride);
            row[^1] = 1;
            for (int f = 0; f < _factors.Length; f++)
            {
                for (int state = 0; state < _factors[f].StateCount; state++)
                {
                    row[_offsets[f] + state] = Math.Max(Least, parameters.Levels[k][f][state]);
                }
            }
        }

        return flat;
    }

    private double[][][] Unflatten(double[] flat) =>
    [
        .. Enumerable.Range(0, _classCount).Select(k => _factors.Select((factor, f) =>
            flat.AsSpan((k * _stride) + _offsets[f], factor.StateCount).ToArray()).ToArray()),
    ];
}
