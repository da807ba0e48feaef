using Linkage.Bloom.Agreement;

namespace Linkage.Bloom.Storage;

/// <summary>What a file says of itself once some of its records are gone.</summary>
/// <remarks>
/// Every number is kept between nothing and the records that are left, so that taking records out one after another
/// gives the numbers that taking them out together gives.
/// </remarks>
internal static class ReducedCounts
{
    /// <summary>The header without some records.</summary>
    /// <param name="file">The file.</param>
    /// <param name="records">Their numbers, rising.</param>
    /// <param name="rows">By pass their rows, rising.</param>
    public static EncodedFileHeader Of(EncodedFile file, int[] records, int[][] rows)
    {
        EncodedFileHeader header = file.Header;
        int left = header.RecordCount - records.Length;
        uint?[] presences = [.. records.Select(record => PresenceOf(file, record))];
        return header with
        {
            RecordCount = left,
            UnusableRecords = Math.Clamp(
                header.UnusableRecords - presences.Count(presence => presence is null), 0, left),
            Fields =
            [
                .. header.Fields.Select((counts, field) => FieldOf(
                    counts, presences.Count(presence => (presence >> field & 1) == 1), left)),
            ],
            Passes =
            [
                .. header.Passes.Select((counts, pass) => PassOf(
                    file, counts, pass, rows[pass], CountWithoutKey(file, records, presences, pass), left)),
            ],
            Agreement = header.Agreement is { } table ? AgreementOf(table, PairCounts.Of(left)) : null,
        };
    }

    // A record has the same presence in every pass it is in.
    private static uint? PresenceOf(EncodedFile file, int record)
    {
        for (int pass = 0; pass < file.Passes.Count; pass++)
        {
            if (file.Merge.RowOf(record, pass) is var row and >= 0)
            {
                return file.Passes[pass].Presence(row);
            }
        }

        return null;
    }

    private static FieldCounts FieldOf(FieldCounts counts, int gone, int left)
    {
        int present = Math.Clamp(counts.Present - gone, 0, left);
        return new FieldCounts(present, Math.Min(counts.Cut, present), Math.Min(counts.InvalidDates, left));
    }

    private static int CountWithoutKey(EncodedFile file, int[] records, uint?[] presences, int pass)
    {
        uint key = 0;
        foreach (int field in file.Header.Schema.KeyFields(pass))
        {
            key |= 1u << field;
        }

        int count = 0;
        for (int i = 0; i < records.Length; i++)
        {
            bool isIn = file.Merge.RowOf(records[i], pass) >= 0;
            count += !isIn && ((presences[i] ?? 0) & key) != key ? 1 : 0;
        }

        return count;
    }

    private static PassCounts PassOf(
        EncodedFile file, PassCounts counts, int pass, int[] rows, int goneWithoutKey, int left)
    {
        int kept = counts.Rows - rows.Length;
        int withoutKey = Math.Clamp(counts.WithoutKey - goneWithoutKey, 0, left - kept);
        int dropped = left - kept - withoutKey;
        int droppedBlocks = Math.Min(counts.DroppedBlocks, dropped);
        return new PassCounts(
            kept,
            withoutKey,
            dropped,
            droppedBlocks,
            droppedBlocks > 0 ? counts.LargestBlock : LargestBlock(file.Passes[pass], rows));
    }

    private static int LargestBlock(EncodedPass pass, int[] without)
    {
        int largest = 0;
        int run = 0;
        UInt128 before = default;
        var gone = new RisingSkip(without);
        for (int row = 0; row < pass.RowCount; row++)
        {
            if (gone.Has(row))
            {
                continue;
            }

            UInt128 token = pass.Token(row);
            run = token == before ? run + 1 : 1;
            before = token;
            largest = Math.Max(largest, run);
        }

        return largest;
    }

    // A reader takes no table that speaks of more pairs than there are.
    private static AgreementTable AgreementOf(AgreementTable table, long pairs) => new(
    [
        .. table.Comparisons
            .Where(row => pairs >= AgreementTable.LeastPairs || row.Levels.All(cell => cell.Pairs <= pairs))
            .Select(row => row with { Levels = [.. row.Levels.Select(cell => Scale(cell, pairs))] }),
    ]);

    private static AgreementCell Scale(AgreementCell cell, long pairs) => cell.Pairs <= pairs
        ? cell
        : AgreementCells.Cell(
            cell.Count is { } count ? (long)Math.Round((double)count * pairs / cell.Pairs) : 0, pairs);
}
