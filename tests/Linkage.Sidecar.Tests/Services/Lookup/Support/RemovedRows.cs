using Linkage.Bloom.Storage;
using Linkage.Sidecar.Tests.Storage.Support;

namespace Linkage.Sidecar.Tests.Services.Lookup.Support;

/// <summary>What an encoded file has of a record and of no other.</summary>
internal static class RemovedRows
{
    /// <summary>Adds the record's handles in the passes, and its filters in blocks of its own.</summary>
    /// <remarks>
    /// Its handle in the merge section is what the unit remembers of a removed record. A filter that another party has
    /// of the same person, in the same block, is the other's own.
    /// </remarks>
    public static Canary AddRows(this Canary canary, EncodedFile file, string handle, params string[] others)
    {
        byte[][] kept = [.. others.Select(File.ReadAllBytes)];
        int record = Enumerable.Range(0, file.Merge.RecordCount)
            .Single(candidate => Convert.ToHexStringLower(file.Merge.Handle(candidate)) == handle);
        foreach ((int number, EncodedPass pass) in file.Passes.Index())
        {
            if (file.Merge.RowOf(record, number) is var row and >= 0)
            {
                canary.Add(pass.Handle(row));
                for (int field = 0; field < file.Header.Schema.Fields.Count && IsAlone(pass, row); field++)
                {
                    byte[] cell = pass.Travels(field) ? pass.Field(row, field).ToArray() : [];
                    if (!kept.Any(content => content.AsSpan().IndexOf(cell) >= 0))
                    {
                        canary.Add(cell);
                    }
                }
            }
        }

        return canary;
    }

    private static bool IsAlone(EncodedPass pass, int row) =>
        (row == 0 || pass.Token(row - 1) != pass.Token(row))
        && (row == pass.RowCount - 1 || pass.Token(row + 1) != pass.Token(row));
}
