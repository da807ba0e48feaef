using Linkage.Bloom.Schemas;

namespace Linkage.Bloom.Storage;

/// <summary>What checksums cannot show: that the columns say something possible.</summary>
internal static class StructureCheck
{
    public static void Verify(EncodedFile file, long dataStart, FileLayout layout)
    {
        for (int pass = 0; pass < file.Passes.Count; pass++)
        {
            EncodedColumn[] columns = [.. layout.PassColumns(pass)];
            VerifyTokens(file, pass, dataStart + columns[0].Offset);
            VerifyPresence(file, pass, dataStart + columns[2].Offset);
        }

        EncodedColumn[] merge = [.. layout.MergeColumns];
        VerifyHandles(file, dataStart + merge[0].Offset);
        for (int pass = 0; pass < file.Passes.Count; pass++)
        {
            VerifyRows(file, pass, dataStart + merge[pass + 1].Offset);
        }
    }

    private static void VerifyTokens(EncodedFile file, int pass, long offset)
    {
        EncodedPass section = file.Passes[pass];
        int limit = file.Header.Schema.EffectiveBlockLimit;
        int run = 0;
        for (int row = 0; row < section.RowCount; row++)
        {
            int order = row == 0 ? -1 : section.Token(row - 1).CompareTo(section.Token(row));
            run = order == 0 ? run + 1 : 1;
            long at = offset + ((long)row * FileLayout.TokenWidth);
            ChecksummedFile.Check(order <= 0, file.Path, at, "the rows of a pass do not rise by token");
            ChecksummedFile.Check(run <= limit, file.Path, at, "a block is over the limit of the schema");
        }
    }

    private static void VerifyPresence(EncodedFile file, int pass, long offset)
    {
        LinkageSchema schema = file.Header.Schema;
        EncodedPass section = file.Passes[pass];
        uint all = uint.MaxValue >> (32 - schema.Fields.Count);
        for (int row = 0; row < section.RowCount; row++)
        {
            uint presence = section.Presence(row);
            ChecksummedFile.Check(
                (presence & ~all) == 0,
                file.Path,
                offset + ((long)row * FileLayout.PresenceWidth),
                "a row has a value for a field that is not there");
        }
    }

    private static void VerifyHandles(EncodedFile file, long offset)
    {
        MergeSection merge = file.Merge;
        for (int record = 1; record < merge.RecordCount; record++)
        {
            ChecksummedFile.Check(
                merge.Handle(record - 1).SequenceCompareTo(merge.Handle(record)) < 0,
                file.Path,
                offset + ((long)record * FileLayout.HandleWidth),
                "the handles of the merge section do not rise");
        }
    }

    private static void VerifyRows(EncodedFile file, int pass, long offset)
    {
        bool[] seen = new bool[file.Passes[pass].RowCount];
        int found = 0;
        for (int record = 0; record < file.Merge.RecordCount; record++)
        {
            int row = file.Merge.RowOf(record, pass);
            if (row == -1)
            {
                continue;
            }

            ChecksummedFile.Check(
                row >= 0 && row < seen.Length && !seen[row],
                file.Path,
                offset + ((long)record * FileLayout.RowWidth),
                "a row of a pass belongs to no record or to two");
            seen[row] = true;
            found++;
        }

        ChecksummedFile.Check(found == seen.Length, file.Path, offset, "a row of a pass belongs to no record");
    }
}
