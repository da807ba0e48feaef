using System.Buffers.Binary;
using System.Globalization;

namespace Linkage.Bloom.Storage;

/// <summary>Writes an encoded file without some of its records; no key is needed.</summary>
/// <remarks>
/// <para>
/// What is left is as it was: handles, rows, their order, the tokens and the fingerprints. The counts of the header are
/// those of the records that are left, as far as a file says which record was counted: of a record that is in no pass,
/// or in one pass and not in another, it does not say why. It is taken as unusable if there are such, else as one that
/// lacks a key; one that has every field of a pass's key as one of a block over the limit. Values that were cut, and
/// dates that do not exist, stay counted. A block over the limit stays left out, however many of its records go.
/// </para>
/// <para>
/// The agreement table stays as it is, unless it was measured on more pairs than so many records make: then its
/// numbers are scaled down, and rows on too few pairs are left out.
/// </para>
/// <para>
/// Memory is taken for the records that go and for a few pieces of the file, not for the file.
/// </para>
/// </remarks>
public static class EncodedFileReducer
{
    private const int HandleDigits = 2 * FileLayout.HandleWidth;

    /// <summary>Writes a file without some of its records.</summary>
    /// <param name="source">The file; stays the caller's.</param>
    /// <param name="handles">The handles of the records to leave out, 32 lower-case hexadecimal digits each; those that
    /// the file does not have are passed over.</param>
    /// <param name="target">Takes the new file from the beginning to the end; stays the caller's.</param>
    /// <param name="cancellationToken">Stops the work; what was written is of no use then.</param>
    /// <returns>
    /// The numbers of the records left out in the merge section of the source, rising. With none of them nothing is
    /// written: the file is what it would be.
    /// </returns>
    /// <exception cref="ArgumentException">A handle is none; the message does not have it.</exception>
    public static IReadOnlyList<int> Write(
        EncodedFile source,
        IReadOnlyCollection<string> handles,
        Stream target,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(handles);
        ArgumentNullException.ThrowIfNull(target);
        int[] records = Find(source.Merge, [.. handles.Select(Parse)]);
        if (records.Length > 0)
        {
            WriteReduced(source, records, target, cancellationToken);
        }

        return records;
    }

    /// <summary>Verifies a file that is not on a disk as it is, and writes it without some of its records; in little
    /// memory, whatever its length.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="read">Fills a span with the bytes from an offset on; called by one thread at a time.</param>
    /// <param name="name">A name for messages.</param>
    /// <param name="handles">The handles of the records to leave out, as for a file that is open.</param>
    /// <param name="target">Takes the new file from the beginning to the end; stays the caller's.</param>
    /// <param name="cancellationToken">Stops the work; what was written is of no use then.</param>
    /// <returns>The numbers of the records left out, rising; with none of them nothing is written.</returns>
    /// <exception cref="ArgumentException">A handle is none; the message does not have it.</exception>
    /// <exception cref="EncodingFormatException">
    /// The file is truncated, altered or no encoded file; names the offset.
    /// </exception>
    public static IReadOnlyList<int> Write(
        long length,
        Action<long, Span<byte>> read,
        string name,
        IReadOnlyCollection<string> handles,
        Stream target,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrEmpty(name);
        using EncodedFile source = EncodedFile.OpenPieces(length, read, name);
        return Write(source, handles, target, cancellationToken);
    }

    /// <summary>Writes a file without the records of some numbers, which may be none.</summary>
    /// <param name="source">The file.</param>
    /// <param name="records">Their numbers in the merge section, rising.</param>
    /// <param name="target">Takes the new file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static void WriteReduced(
        EncodedFile source, int[] records, Stream target, CancellationToken cancellationToken)
    {
        int[][] rows = [.. source.Passes.Select((_, pass) => RowsOf(source, records, pass))];
        EncodedFileHeader header = ReducedCounts.Of(source, records, rows);
        var layout = new FileLayout(source.Schema, header.RecordCount, [.. header.Passes.Select(pass => pass.Rows)]);
        byte[] json = HeaderJson.Write(header, source.Schema, layout);
        using var bytes = new StreamTarget(target);
        long dataStart = ChecksummedFile.Begin(bytes, json, layout.DataLength);
        for (int pass = 0; pass < rows.Length; pass++)
        {
            foreach ((EncodedColumn from, EncodedColumn to) in
                source.Layout.PassColumns(pass).Zip(layout.PassColumns(pass)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                CopyColumn(source, from, rows[pass], new ColumnWriter(bytes, dataStart, to));
            }
        }

        WriteMerge(source, records, rows, bytes, dataStart, layout);
        ChecksummedFile.End(bytes, dataStart + layout.DataLength);
    }

    private static void WriteMerge(
        EncodedFile source, int[] records, int[][] rows, ByteTarget target, long dataStart, FileLayout layout)
    {
        EncodedColumn[] from = [.. source.Layout.MergeColumns];
        EncodedColumn[] to = [.. layout.MergeColumns];
        CopyColumn(source, from[0], records, new ColumnWriter(target, dataStart, to[0]));
        for (int pass = 0; pass < rows.Length; pass++)
        {
            var column = new ColumnWriter(target, dataStart, to[pass + 1]);
            var gone = new RisingSkip(records);
            for (int record = 0; record < source.Merge.RecordCount; record++)
            {
                if (!gone.Has(record))
                {
                    int row = source.Merge.RowOf(record, pass);
                    uint moved = row < 0 ? FileLayout.NoRow : (uint)(row - CountBelow(rows[pass], row));
                    BinaryPrimitives.WriteUInt32LittleEndian(column.Next(), moved);
                }
            }

            column.Flush();
        }
    }

    private static void CopyColumn(EncodedFile source, EncodedColumn from, int[] without, ColumnWriter to)
    {
        var gone = new RisingSkip(without);
        for (int row = 0; row < from.Rows; row++)
        {
            if (!gone.Has(row))
            {
                source.Cell(from, row).CopyTo(to.Next());
            }
        }

        to.Flush();
    }

    private static int[] Find(MergeSection merge, HashSet<UInt128> handles)
    {
        List<int> records = [];
        for (int record = 0; record < merge.RecordCount && records.Count < handles.Count; record++)
        {
            if (handles.Contains(BinaryPrimitives.ReadUInt128BigEndian(merge.Handle(record))))
            {
                records.Add(record);
            }
        }

        return [.. records];
    }

    private static int[] RowsOf(EncodedFile source, int[] records, int pass) =>
        [.. records.Select(record => source.Merge.RowOf(record, pass)).Where(row => row >= 0).Order()];

    private static int CountBelow(int[] rising, int row)
    {
        int place = Array.BinarySearch(rising, row);
        return place < 0 ? ~place : place;
    }

    private static UInt128 Parse(string handle) =>
        handle is { Length: HandleDigits } && handle.All(char.IsAsciiHexDigitLower)
            ? UInt128.Parse(handle, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new ArgumentException("A handle does not have 32 lower-case hexadecimal digits.", nameof(handle));
}
