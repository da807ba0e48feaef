using System.Buffers;
using Linkage.Bloom.Storage;

namespace Linkage.Core.Merging;

/// <summary>All records of all files as one row of numbers, file after file, by rising handle within a file.</summary>
/// <remarks>Immutable; does not need the files after it is made.</remarks>
internal sealed class RecordSpace
{
    private const int HandleLength = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string[] _parties;
    private readonly int[] _offsets;
    private readonly byte[][] _handles;

    public RecordSpace(IReadOnlyList<EncodedFile> files)
    {
        _parties = [.. files.Select(file => file.Header.Party)];
        _handles = [.. files.Select(CopyHandles)];
        _offsets = new int[files.Count + 1];
        for (int i = 0; i < files.Count; i++)
        {
            _offsets[i + 1] = checked(_offsets[i] + files[i].Header.RecordCount);
        }
    }

    public int Count => _offsets[^1];

    public int PartyCount => _parties.Length;

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

    /// <summary>The number of a party, or -1.</summary>
    public int PartyNumber(string party) => Array.IndexOf(_parties, party);

    /// <summary>The record of a party that has a handle, or -1; handles rise within a party.</summary>
    /// <param name="party">Number of the party.</param>
    /// <param name="handle">As text; 32 lower-case hex digits, or no record has it.</param>
    public int Find(int party, string handle)
    {
        if (handle.Length != 2 * HandleLength || handle.AsSpan().ContainsAnyExcept(HexDigits))
        {
            return -1;
        }

        byte[] wanted = Convert.FromHexString(handle);
        int low = _offsets[party];
        int high = _offsets[party + 1];
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (HandleIn(party, middle).SequenceCompareTo(wanted) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _offsets[party + 1] && HandleIn(party, low).SequenceEqual(wanted) ? low : -1;
    }

    /// <summary>The merge-section handle of a record, 16 bytes; kept beyond the life of the files.</summary>
    public ReadOnlySpan<byte> HandleOf(int record) => HandleIn(PartyOf(record), record);

    /// <summary>Party and handle as text.</summary>
    public RecordReference Reference(int record) =>
        new(_parties[PartyOf(record)], Convert.ToHexStringLower(HandleOf(record)));

    private ReadOnlySpan<byte> HandleIn(int party, int record) =>
        _handles[party].AsSpan((record - _offsets[party]) * HandleLength, HandleLength);

    private static byte[] CopyHandles(EncodedFile file)
    {
        byte[] handles = new byte[checked(file.Merge.RecordCount * HandleLength)];
        for (int record = 0; record < file.Merge.RecordCount; record++)
        {
            file.Merge.Handle(record).CopyTo(handles.AsSpan(record * HandleLength));
        }

        return handles;
    }
}
