namespace Linkage.Core.Estimation;

/// <summary>Derivatives of one pair's log-likelihood, of which most are zero.</summary>
internal sealed class SparseScore
{
    private readonly int[] _indexes;
    private readonly double[] _values;
    private int _count;

    public SparseScore(int parameters)
    {
        _indexes = new int[parameters];
        _values = new double[parameters];
    }

    /// <summary>Sets a derivative; indexes rise from call to call.</summary>
    public void Add(int index, double value)
    {
        _indexes[_count] = index;
        _values[_count++] = value;
    }

    public void Clear() => _count = 0;

    /// <summary>Adds the outer product with itself to the lower triangle of a matrix.</summary>
    public void AddSquareTo(double[,] matrix, double times)
    {
        for (int i = 0; i < _count; i++)
        {
            double scaled = times * _values[i];
            for (int j = 0; j <= i; j++)
            {
                matrix[_indexes[i], _indexes[j]] += scaled * _values[j];
            }
        }
    }
}
