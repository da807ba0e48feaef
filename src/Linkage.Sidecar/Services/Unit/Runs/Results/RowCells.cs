using System.Buffers;

namespace Linkage.Sidecar.Services.Unit.Runs.Results;

/// <summary>Handles and link ids in rows.</summary>
internal static class RowCells
{
    /// <summary>Writes 32 hex digits as 16 bytes.</summary>
    public static void WriteId(Span<byte> cell, string hex)
    {
        if (Convert.FromHexString(hex, cell[..RowLengths.Id], out _, out int written) != OperationStatus.Done
            || written != RowLengths.Id)
        {
            throw new InvalidDataException("A handle or link id does not have 32 hexadecimal digits.");
        }
    }

    /// <summary>The 16 bytes as 32 lower-case hex digits.</summary>
    public static string ReadId(ReadOnlySpan<byte> cell) => Convert.ToHexStringLower(cell[..RowLengths.Id]);
}
