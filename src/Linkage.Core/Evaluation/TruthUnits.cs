namespace Linkage.Core.Evaluation;

/// <summary>The persons of the records, numbered from zero in their order; what the bootstrap draws.</summary>
/// <remarks>A record of unknown truth is a person of its own, of whom no pair is true.</remarks>
internal sealed class TruthUnits
{
    private readonly int[] _units;

    internal TruthUnits(EvaluationRecords records)
    {
        Dictionary<int, int> numbers = [];
        _units = new int[records.Count];
        for (int record = 0; record < _units.Length; record++)
        {
            int truth = records.Truth(record);
            if (truth < 0)
            {
                _units[record] = Count++;
            }
            else if (numbers.TryGetValue(truth, out int known))
            {
                _units[record] = known;
            }
            else
            {
                numbers.Add(truth, Count);
                _units[record] = Count++;
            }
        }
    }

    /// <summary>Number of persons.</summary>
    internal int Count { get; private set; }

    /// <summary>The person of a record.</summary>
    internal int this[int record] => _units[record];
}
