using System.Runtime.InteropServices;

namespace Linkage.Core.Lookup;

/// <summary>The rows of one pass in all files of an index, found by block token.</summary>
/// <remarks>
/// The files an index begins with are searched in place; rows added later are few, and listed. Whoever changes it keeps
/// readers out meanwhile.
/// </remarks>
internal sealed class IndexedPass
{
    private readonly int _pass;
    private readonly (IndexedFile File, TokenDirectory Directory)[] _files;
    private readonly Dictionary<UInt128, List<IndexedRow>> _added = [];

    public IndexedPass(int pass, IReadOnlyList<IndexedFile> files)
    {
        _pass = pass;
        _files = [.. files.Select(file => (file, new TokenDirectory(file.File.Passes[pass])))];
    }

    /// <summary>Lists all rows of a block, removed ones too: file after file, those added later at the end.</summary>
    public void CollectBlock(UInt128 token, List<IndexedRow> rows)
    {
        foreach ((IndexedFile file, TokenDirectory directory) in _files)
        {
            (int start, int length) = directory.Find(token).GetOffsetAndLength(file.File.Passes[_pass].RowCount);
            for (int row = start; row < start + length; row++)
            {
                rows.Add(new IndexedRow(file, row));
            }
        }

        if (_added.TryGetValue(token, out List<IndexedRow>? added))
        {
            rows.AddRange(added);
        }
    }

    /// <summary>Takes the rows of a further file in.</summary>
    public void Add(IndexedFile file)
    {
        for (int row = 0; row < file.File.Passes[_pass].RowCount; row++)
        {
            ref List<IndexedRow>? rows = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _added, file.File.Passes[_pass].Token(row), out _);
            (rows ??= []).Add(new IndexedRow(file, row));
        }
    }
}
