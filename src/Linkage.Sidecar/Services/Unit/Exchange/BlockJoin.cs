using Linkage.Bloom.Storage;

namespace Linkage.Sidecar.Services.Unit.Exchange;

/// <summary>Joins the block tokens of a pass, whose rows rise by them, without keeping any.</summary>
internal static class BlockJoin
{
    /// <summary>How many pairs of rows of different files share a block.</summary>
    public static long CountPairs(IReadOnlyList<EncodedPass> passes)
    {
        int[] rows = new int[passes.Count];
        long pairs = 0;
        while (Least(passes, rows) is { } token)
        {
            long sum = 0;
            for (int file = 0; file < rows.Length; file++)
            {
                long size = Skip(passes[file], ref rows[file], token);
                pairs += sum * size;
                sum += size;
            }
        }

        return pairs;
    }

    /// <summary>Whether a file shares a block with any of the others.</summary>
    public static bool AnyShared(EncodedPass pass, IReadOnlyList<EncodedPass> others) =>
        others.Any(other => Meet(pass, other));

    private static bool Meet(EncodedPass left, EncodedPass right)
    {
        int a = 0;
        int b = 0;
        while (a < left.RowCount && b < right.RowCount)
        {
            int order = left.Token(a).CompareTo(right.Token(b));
            if (order == 0)
            {
                return true;
            }

            (a, b) = order < 0 ? (a + 1, b) : (a, b + 1);
        }

        return false;
    }

    private static UInt128? Least(IReadOnlyList<EncodedPass> passes, int[] rows)
    {
        UInt128? least = null;
        for (int file = 0; file < rows.Length; file++)
        {
            if (rows[file] < passes[file].RowCount && !(passes[file].Token(rows[file]) >= least))
            {
                least = passes[file].Token(rows[file]);
            }
        }

        return least;
    }

    private static long Skip(EncodedPass pass, ref int row, UInt128 token)
    {
        int first = row;
        while (row < pass.RowCount && pass.Token(row) == token)
        {
            row++;
        }

        return row - first;
    }
}
