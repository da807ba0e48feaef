using Linkage.Bloom.Storage;
using Linkage.Core.Blocking;

namespace Linkage.Core.Merging;

/// <summary>Maps the row pairs of all passes to record pairs: the only reader of the merge sections.</summary>
internal sealed class PassMerger
{
    private readonly IReadOnlyList<EncodedFile> _files;
    private readonly RecordSpace _space;
    private readonly List<MetPair> _met = [];

    public PassMerger(IReadOnlyList<EncodedFile> files, RecordSpace space)
    {
        _files = files;
        _space = space;
    }

    public void Add(int pass, List<RowPair> pairs)
    {
        int[] records = RecordsOf(pass);
        _met.EnsureCapacity(_met.Count + pairs.Count);
        foreach (RowPair pair in pairs)
        {
            int left = records[pair.Left];
            int right = records[pair.Right];
            _met.Add(new MetPair(Math.Min(left, right), Math.Max(left, right), pass, pair.Vector));
        }
    }

    public CandidatePairs Merge() => CandidatePairs.From(_met);

    private int[] RecordsOf(int pass)
    {
        int[] records = new int[_files.Sum(file => file.Passes[pass].RowCount)];
        int at = 0;
        for (int party = 0; party < _files.Count; party++)
        {
            foreach (int record in _files[party].Merge.RecordsOf(pass, _files[party].Passes[pass].RowCount))
            {
                records[at++] = _space.Offset(party) + record;
            }
        }

        return records;
    }
}
