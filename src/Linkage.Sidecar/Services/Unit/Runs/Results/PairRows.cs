using System.Buffers.Binary;
using System.Text;
using Linkage.Core;
using Linkage.Sidecar.Storage;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>The kept pairs, heaviest first, then by handles.</summary>
internal static class PairRows
{
    private const int PairsPerCheck = 1 << 14;

    public static void Write(
        LinkResult result, Func<SegmentKind, string, Stream> begin, CancellationToken cancellation)
    {
        EntityRecords records = new(result);
        int patternLength = result.Model.Comparisons.Count;
        byte[] row = new byte[RowLengths.Pair(patternLength)];
        Stream stream = begin(SegmentKind.Pairs, ResultNames.Pairs);
        for (int i = 0; i < result.Pairs.Count; i++)
        {
            if (i % PairsPerCheck == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            LinkedPair pair = result.Pairs[i];
            Span<byte> rest = row;
            rest = WriteRecord(rest, records.FileOf(pair.LeftRecord), pair.Left.Handle);
            rest = WriteRecord(rest, records.FileOf(pair.RightRecord), pair.Right.Handle);
            BinaryPrimitives.WriteDoubleLittleEndian(rest, pair.Weight.Bits);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[sizeof(double)..], pair.Probability.Value);
            rest = rest[(2 * sizeof(double))..];
            rest[0] = (byte)pair.Decision;
            Encoding.ASCII.GetBytes(pair.Vector.ToPattern(patternLength), rest[1..]);
            stream.Write(row);
        }
    }

    private static Span<byte> WriteRecord(Span<byte> row, int file, string handle)
    {
        BinaryPrimitives.WriteInt32LittleEndian(row, file);
        RowCells.WriteId(row[sizeof(int)..], handle);
        return row[(sizeof(int) + RowLengths.Id)..];
    }
}
