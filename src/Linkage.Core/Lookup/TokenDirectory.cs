using Linkage.Bloom.Storage;

namespace Linkage.Core.Lookup;

/// <summary>Where the rows of each block of a pass section begin. Immutable.</summary>
/// <remarks>
/// Tokens are keyed digests and spread evenly, so their first bits say nearly where a row is: one entry for a few rows,
/// four bytes each, instead of a table of all tokens.
/// </remarks>
internal sealed class TokenDirectory
{
    private const int RowsPerEntry = 4;

    private readonly EncodedPass _pass;
    private readonly int[] _starts;

    public TokenDirectory(EncodedPass pass)
    {
        _pass = pass;
        int entries = Math.Max(1, pass.RowCount / RowsPerEntry);
        _starts = new int[entries + 1];
        int at = 0;
        for (int row = 0; row < pass.RowCount; row++)
        {
            int entry = EntryOf(pass.Token(row));
            while (at <= entry)
            {
                _starts[at++] = row;
            }
        }

        while (at <= entries)
        {
            _starts[at++] = pass.RowCount;
        }
    }

    /// <summary>The rows of a block; empty if there is none.</summary>
    public Range Find(UInt128 token)
    {
        int entry = EntryOf(token);
        int start = _starts[entry];
        int end = _starts[entry + 1];
        while (start < end && _pass.Token(start) < token)
        {
            start++;
        }

        int stop = start;
        while (stop < end && _pass.Token(stop) == token)
        {
            stop++;
        }

        return start..stop;
    }

    private int EntryOf(UInt128 token) => (int)(((ulong)(token >> 96) * (ulong)(_starts.Length - 1)) >> 32);
}
