using Linkage.Bloom.Storage;

namespace Linkage.Core.Merging;

/// <summary>All records of all files as one row of numbers, file after file, by rising handle within a file.</summary>
internal sealed class RecordSpace
{
    private readonly IReadOnlyList<EncodedFile> _files;
    private readonly int[] _offsets;

    public RecordSpace(IReadOnlyList<EncodedFile> files)
    {
        _files = files;
        _offsets = new int[files.Count + 1];
        for (int i = 0; i < files.Count; i++)
        {
            _offsets[i + 1] = checked(_offsets[i] + files[i].Header.RecordCount);
        }
    }

    public int Count => _offsets[^1];

    public int PartyCount => _files.Count;

    public int Offset(int party) => _offsets[party];

    /// <summary>The party of every record.</summary>
    public int[] Parties()
    {
        int[] parties = new int[Count];
        for (int party = 0; party < PartyCount; party++)
        {
            Array.Fill(parties, party, _offsets[party], _offsets[party + 1] - _offsets[party]);
        }

        return parties;
    }

    public int PartyOf(int record)
    {
        int found = Array.BinarySearch(_offsets, record);
        int party = found >= 0 ? found : ~found - 1;

        // Parties without records share an offset; the record belongs to the last of them.
        while (_offsets[party + 1] <= record)
        {
            party++;
        }

        return party;
    }

    public string PartyName(int party) => _files[party].Header.Party;

    /// <summary>The merge-section handle of a record, 32 lower-case hex digits.</summary>
    public string HandleOf(int record)
    {
        int party = PartyOf(record);
        return Convert.ToHexStringLower(_files[party].Merge.Handle(record - _offsets[party]));
    }

    /// <summary>The record of every row of a pass, rows counted over the files in order.</summary>
    public int[] RecordsOf(int pass)
    {
        int[] records = new int[_files.Sum(file => file.Passes[pass].RowCount)];
        int at = 0;
        for (int party = 0; party < _files.Count; party++)
        {
            foreach (int record in _files[party].Merge.RecordsOf(pass, _files[party].Passes[pass].RowCount))
            {
                records[at++] = _offsets[party] + record;
            }
        }

        return records;
    }
}
